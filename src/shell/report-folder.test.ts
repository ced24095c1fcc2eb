import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../model/fault.ts';
import { writeFileAtomically } from './files.ts';
import { pointLatestAt, prepareReportFile, prepareReportFolder } from './report-folder.ts';

let folder = '';
const at = (...parts: readonly string[]): string => join(folder, ...parts);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-reports-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('prepareReportFolder', () => {
  it('makes the folder and its parents, and leaves it empty', async () => {
    await prepareReportFolder(at('reports', 'r1'));
    expect(readdirSync(at('reports', 'r1'))).toEqual([]);
  });

  it('removes what an earlier run wrote, so that a killed run cannot show an old verdict, and nothing else', async () => {
    for (const name of ['run.json', 'journal.jsonl', 'report.html', 'report.md', 'notes.txt'])
      writeFileSync(at(name), 'GO');
    await prepareReportFolder(folder);
    expect(readdirSync(folder)).toEqual(['notes.txt']);
  });

  it.each([
    ['a file in its place', 'file'],
    ['a file in place of its parent', 'file/r1'],
    ['a link that leads nowhere', 'dangling'],
    ['a name that is too long', 'x'.repeat(300)],
  ])('refuses %s', async (_, path) => {
    writeFileSync(at('file'), 'precious');
    symlinkSync(at('gone', 'far'), at('dangling'));
    await expect(prepareReportFolder(at(path))).rejects.toThrow(UsageError);
    await expect(prepareReportFolder(at(path))).rejects.toThrow(`the report folder "${at(path)}" cannot be written`);
    expect(readFileSync(at('file'), 'utf8')).toBe('precious');
  });

  it('refuses a folder in which a report is a folder, and removes nothing then', async () => {
    mkdirSync(at('run.json'));
    writeFileSync(at('journal.jsonl'), 'old');
    await expect(prepareReportFolder(folder)).rejects.toThrow('"run.json" in it is a folder');
    expect(readFileSync(at('journal.jsonl'), 'utf8')).toBe('old');
  });

  it('does not write through a planted link', async () => {
    writeFileSync(at('precious'), 'precious');
    mkdirSync(at('r1'));
    symlinkSync(at('precious'), at('r1', 'run.json'));
    await prepareReportFolder(at('r1'));
    expect(readFileSync(at('precious'), 'utf8')).toBe('precious');
    expect(readdirSync(at('r1'))).toEqual([]);
  });

  it.runIf(existsSync('/proc/self'))('ends where a file system takes no folders', async () => {
    await expect(prepareReportFolder('/proc/nope/r1')).rejects.toThrow(UsageError);
    await expect(prepareReportFile('/proc/nope/report.xml')).rejects.toThrow('cannot be written');
  });

  it('makes the folder of a single report, and refuses a folder in its place', async () => {
    await prepareReportFile(at('out', 'junit.xml'));
    expect(readdirSync(at('out'))).toEqual([]);
    await expect(prepareReportFile(at('out'))).rejects.toThrow('"out" in it is a folder');
  });

  it('refuses a pipe or a device, also behind a link: a file would take its place for everybody', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    symlinkSync('/dev/null', at('null'));
    symlinkSync('/dev/fd', at('fd'));
    for (const path of ['/dev/new-report', at('fd', '9')])
      await expect(prepareReportFile(path)).rejects.toThrow('in it is no file');
    for (const name of ['pipe', 'null']) {
      await expect(prepareReportFile(at(name))).rejects.toThrow(`"${name}" in it is no file`);
      await expect(writeFileAtomically(at(name), 'x')).rejects.toMatchObject({ code: 'EEXIST' });
    }
    expect(readdirSync(folder).toSorted()).toEqual(['fd', 'null', 'pipe']);
    expect(lstatSync(at('null')).isSymbolicLink()).toBe(true);
  });
});

describe('pointLatestAt', () => {
  it('names the newest run', async () => {
    expect(await pointLatestAt(folder, 'r1')).toBe('link');
    expect(await pointLatestAt(folder, 'r2')).toBe('link');
    expect(readlinkSync(at('latest'))).toBe('r2');
    expect(readdirSync(folder)).toEqual(['latest']);
  });

  it('takes over from a text file of ours', async () => {
    writeFileSync(at('latest'), '20261121-031502-k3f9\n');
    expect(await pointLatestAt(folder, 'r2')).toBe('link');
  });

  it.each([
    ['a folder', () => mkdirSync(at('latest'))],
    ['a file that is not ours', () => writeFileSync(at('latest'), 'my own notes\n')],
  ])('keeps %s', async (_, put) => {
    put();
    expect(await pointLatestAt(folder, 'r2')).toBe('kept');
    expect(existsSync(at('latest'))).toBe(true);
    expect(readdirSync(folder)).toEqual(['latest']);
  });
});
