import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeLoadPorts } from './config-files.ts';
import { readText, writeFileAtomically } from './files.ts';

let folder = '';
const at = (...parts: readonly string[]): string => join(folder, ...parts);

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'gonogo-files-')));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('readText', () => {
  it('reads a file up to its limit, and refuses a longer one', async () => {
    writeFileSync(at('a.yaml'), 'ä: 1\n');
    expect(await readText(at('a.yaml'), 6)).toEqual({ ok: true, text: 'ä: 1\n' });
    expect(await readText(at('a.yaml'), 5)).toEqual({ ok: false, reason: 'is longer than 5 bytes' });
  });

  it('leaves out the byte order mark', async () => {
    writeFileSync(at('bom.yaml'), '\uFEFFa: 1');
    expect(await readText(at('bom.yaml'), 100)).toEqual({ ok: true, text: 'a: 1' });
  });

  it('reads a file whose size the system does not know', async () => {
    const file = await readText('/proc/self/status', 100_000);
    expect(file).toMatchObject({ ok: true, text: expect.stringContaining('Name:') });
  });

  it('refuses bytes that are not UTF-8 instead of replacing them', async () => {
    writeFileSync(at('latin'), Buffer.from([0x61, 0xe4, 0x62]));
    expect(await readText(at('latin'), 100)).toEqual({ ok: false, reason: 'is not UTF-8' });
  });

  it('refuses a pipe that nobody writes to, without waiting for it', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    expect(await readText(at('pipe'), 100)).toEqual({ ok: false, reason: 'is not a regular file' });
  });

  it('says what is wrong with a path', async () => {
    mkdirSync(at('folder'));
    symlinkSync('loop', at('loop'));
    const reasonOf = async (path: string) => {
      const file = await readText(path, 100);
      return file.ok ? 'read' : file.reason;
    };
    expect(await reasonOf(at('none'))).toBe('does not exist');
    expect(await reasonOf(at('folder'))).toBe('is a directory');
    expect(await reasonOf('/dev/zero')).toBe('is not a regular file');
    expect(await reasonOf(at('a.yaml', 'x'))).toBe('cannot be read: a part of its path is not a folder');
    expect(await reasonOf(at('loop'))).toBe('cannot be read: it is a symbolic link that leads nowhere');
    expect(await reasonOf('nul\0')).toBe('cannot be read: that is no possible path');
  });
});

describe('writeFileAtomically', () => {
  it('replaces a file, and leaves nothing else behind', async () => {
    mkdirSync(at('out'));
    await writeFileAtomically(at('out', 'run.json'), '{"old":1}');
    await writeFileAtomically(at('out', 'run.json'), '{"new":1}');
    expect(readFileSync(at('out', 'run.json'), 'utf8')).toBe('{"new":1}');
    expect(readdirSync(at('out'))).toEqual(['run.json']);
  });

  it('replaces a symbolic link and does not write through it', async () => {
    writeFileSync(at('precious'), 'precious');
    symlinkSync(at('precious'), at('out', 'report.md'));
    await writeFileAtomically(at('out', 'report.md'), 'report');
    expect(readFileSync(at('precious'), 'utf8')).toBe('precious');
    expect(readFileSync(at('out', 'report.md'), 'utf8')).toBe('report');
  });

  it('rejects, and cleans up, when the place is taken by a folder or is in none', async () => {
    mkdirSync(at('out', 'taken'));
    await expect(writeFileAtomically(at('out', 'taken'), 'x')).rejects.toThrow('EISDIR');
    await expect(writeFileAtomically(at('a.yaml', 'x'), 'x')).rejects.toThrow('ENOTDIR');
    expect(readdirSync(at('out')).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('makeLoadPorts', () => {
  const ports = () => makeLoadPorts({ environment: {}, workingDirectory: at('work'), runId: 'r1' });

  beforeAll(() => {
    for (const path of ['work/checks/deep', 'work/b.yaml', 'other']) mkdirSync(at(path), { recursive: true });
    for (const path of [
      'work/checks/z.yaml',
      'work/checks/a.yaml',
      'work/checks/deep/m.yaml',
      'work/Ä.yaml',
      'other/o.yaml',
    ]) {
      writeFileSync(at(path), path);
    }
    symlinkSync('..', at('work/checks/deep/up'));
    symlinkSync(at('other/o.yaml'), at('work/checks/link.yaml'));
    execFileSync('mkfifo', [at('work/checks/pipe.yaml')]);
  });

  it('finds regular files only, each once, sorted, relative to the working folder', async () => {
    expect(await ports().glob(['**/*.yaml', 'checks/*.yaml'], '.')).toEqual([
      'checks/a.yaml',
      'checks/deep/m.yaml',
      'checks/link.yaml',
      'checks/z.yaml',
      'Ä.yaml',
    ]);
    expect(await ports().glob(['*.yaml'], 'checks')).toEqual(['checks/a.yaml', 'checks/link.yaml', 'checks/z.yaml']);
  });

  it('gives absolute paths outside of the working folder', async () => {
    expect(await ports().glob(['../other/*.yaml', at('other', '*.yaml')], '.')).toEqual([at('other/o.yaml')]);
  });

  it('finds nothing where there is nothing', async () => {
    expect(await ports().glob(['none/*.yaml', '[', ''], '.')).toEqual([]);
  });

  it('reads relative to the working folder, and makes new identifiers', async () => {
    expect(await ports().readText('checks/a.yaml')).toEqual({ ok: true, text: 'work/checks/a.yaml' });
    expect(await ports().readSecretFile('checks/pipe.yaml')).toMatchObject({ ok: false });
    expect(ports().uuid()).not.toBe(ports().uuid());
  });
});
