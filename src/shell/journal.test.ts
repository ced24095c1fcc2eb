import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { literalWorld, observed, plannedCheck, planOf } from '../../tests/execute/literals.ts';
import type { RunEvent } from '../execute/event.ts';
import { executePlan } from '../execute/execute-plan.ts';
import { UsageError } from '../model/fault.ts';
import { openJournal } from './journal.ts';
import { readJournal } from './read-journal.ts';

let folder = '';
let events: readonly RunEvent[] = [];
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-journal-'));
  const world = literalWorld(async () => observed({ status: 200, body: 'grün 😀 \u2028' }));
  const run = { runId: 'r1', tool: { name: 'gonogo', version: '0.1.0' } };
  await executePlan(planOf([plannedCheck('a'), plannedCheck('b')]), run, world.ports, new AbortController().signal);
  events = world.events;
});
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, all = events) => {
  const journal = openJournal(at(name));
  for (const event of all) journal.append(event);
  return journal.close();
};

const read = (name: string): readonly RunEvent[] => [...readJournal(at(name))];

describe('a journal', () => {
  it('gives back what was written', () => {
    expect(write('whole')).toBeNull();
    expect(read('whole')).toEqual(events);
  });

  it('holds each event as soon as it has happened', () => {
    const journal = openJournal(at('live'));
    for (const [index, event] of events.entries()) {
      journal.append(event);
      expect(read('live')).toHaveLength(index + 1);
    }
    journal.close();
  });

  it('can be read when its last line is cut off at any byte', () => {
    write('cut');
    const bytes = readFileSync(at('cut'));
    const lastLine = bytes.lastIndexOf('\n', bytes.length - 2) + 1;
    for (let length = lastLine; length < bytes.length; length++) {
      writeFileSync(at('short'), bytes.subarray(0, length));
      const complete = length === bytes.length - 1;
      expect(read('short')).toEqual(complete ? events : events.slice(0, -1));
    }
  });

  it('can be read when a line with characters of several bytes is cut off anywhere', () => {
    const attempt = events.findIndex(({ type }) => type === 'attempt');
    write('cut', events.slice(0, attempt + 1));
    const bytes = readFileSync(at('cut'));
    for (let length = bytes.lastIndexOf('\n', bytes.length - 2) + 1; length < bytes.length - 1; length++) {
      writeFileSync(at('short'), bytes.subarray(0, length));
      expect(read('short')).toHaveLength(attempt);
    }
  });

  it.each([
    ['is no JSON', '{"type":'],
    ['is empty', ''],
    ['is no event', '{"type":"verdict","at":"2026-11-21T00:00:00Z","verdict":"GO"}'],
  ])('is refused by line number when a line in the middle %s', (_, line) => {
    write('corrupt');
    const lines = readFileSync(at('corrupt'), 'utf8').split('\n');
    lines[2] = line;
    writeFileSync(at('corrupt'), lines.join('\n'));
    expect(() => read('corrupt')).toThrow(UsageError);
    expect(() => read('corrupt')).toThrow(`${at('corrupt')}:3: this line of the journal is not an event`);
  });

  it('is refused when an expectation in it has lost its result', () => {
    write('unproved');
    const text = readFileSync(at('unproved'), 'utf8');
    expect(text).toContain('"held":true');
    writeFileSync(at('unproved'), text.replace('"held":true', '"held":"yes"'));
    expect(() => read('unproved')).toThrow('this line of the journal is not an event');
  });

  it('is refused when a character in it is broken', () => {
    write('broken');
    const bytes = readFileSync(at('broken'));
    bytes[bytes.indexOf('ü')] = 0xff;
    writeFileSync(at('broken'), bytes);
    expect(() => read('broken')).toThrow('this line of the journal is not an event');
  });

  it('is refused when its last line is whole and no event', () => {
    write('tail');
    writeFileSync(at('tail'), `${readFileSync(at('tail'), 'utf8')}garbage\n`);
    expect(() => read('tail')).toThrow(`:${events.length + 1}: this line`);
  });

  it('holds a line that is longer than any buffer', () => {
    const long: RunEvent = {
      type: 'check-not-run',
      at: '2026',
      id: 'a',
      code: 'cancelled',
      message: 'x'.repeat(900_000),
    };
    write('long', [long, long]);
    expect(read('long')).toEqual([long, long]);
  });

  it('cannot be read where there is none, with a reason', () => {
    mkdirSync(at('folder'));
    execFileSync('mkfifo', [at('pipe')]);
    expect(() => read('none')).toThrow('cannot be read: it does not exist');
    expect(() => read('folder')).toThrow('cannot be read: it is not a regular file');
    expect(() => read('pipe')).toThrow('cannot be read: it is not a regular file');
  });

  it('replaces one of an earlier run, and a link without following it', () => {
    writeFileSync(at('precious'), 'precious');
    symlinkSync(at('precious'), at('linked'));
    write('linked');
    write('linked', events.slice(0, 1));
    expect(readFileSync(at('precious'), 'utf8')).toBe('precious');
    expect(read('linked')).toHaveLength(1);
  });

  it('cannot be opened where it cannot be written', () => {
    expect(() => openJournal(at('folder'))).toThrow(UsageError);
    expect(() => openJournal(at('none/journal.jsonl'))).toThrow('cannot be written: it does not exist');
  });

  it.skipIf(!existsSync('/dev/full'))('says so when the disk is full, and lets the run go on', () => {
    // A process that may write 4 KiB to a file stands for a disk that is full; its signal is ignored as on a real one.
    const script = `
      import { openJournal } from ${JSON.stringify(new URL('./journal.ts', import.meta.url).href)};
      process.on('SIGXFSZ', () => {});
      const journal = openJournal(${JSON.stringify(at('full'))});
      for (let n = 0; n < 100; n++) journal.append({ type: 'check-started', at: '2026', id: 'check-' + n + 'x'.repeat(200) });
      console.log(journal.close());`;
    const said = execFileSync(
      'bash',
      ['-c', 'ulimit -f 4; exec "$0" --input-type=module -e "$1"', process.execPath, script],
      {
        encoding: 'utf8',
      },
    );
    expect(said).toContain('is not complete');
    const kept = [...readJournal(at('full'))];
    expect(kept.length).toBeGreaterThan(3);
    expect(kept.length).toBeLessThan(100);
  });
});
