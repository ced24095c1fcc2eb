import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getuid } from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { startOf } from './kept-run.ts';
import { MIGRATIONS } from './sqlite-schema.ts';
import { told } from './sqlite-trouble.ts';
import { runOf, SCOPE, testHistories, troubleOf, valueOf } from './test-runs.ts';

/** Whatever is wrong with the file is an answer: nothing is thrown, so that a run goes on. */

const { folder, open, tidy } = testHistories();

afterEach(tidy);

const RUN = runOf('r0', 0, { a: 'pass' });

/** The path of a history with one run in it, closed. */
const written = async (): Promise<string> => {
  const path = join(folder(), 'history.db');
  const store = valueOf(open(path));
  valueOf(await store.finish(RUN, SCOPE.file));
  await store.close();
  return path;
};

describe('a file that is no history', () => {
  test('text is refused as damaged, and left as it was', () => {
    const path = join(folder(), 'history.db');
    writeFileSync(path, 'this is no database, and it is long enough to be told from one'.repeat(100));
    expect(troubleOf(open(path))).toBe('corrupt');
    expect(readFileSync(path, 'utf8')).toMatch(/^this is no database/);
  });

  test('a database of another program is refused, and left as it was', () => {
    const path = join(folder(), 'history.db');
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE mine (x)');
    other.close();
    const before = readFileSync(path);
    expect(open(path)).toEqual({
      ok: false,
      trouble: { code: 'foreign', message: 'the file is a database of another program' },
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('a folder and a pipe are refused without waiting', () => {
    const home = folder();
    mkdirSync(join(home, 'history.db'));
    expect(troubleOf(open(join(home, 'history.db')))).toBe('unusable');
    execFileSync('mkfifo', [join(home, 'pipe')]);
    expect(troubleOf(open(join(home, 'pipe')))).toBe('unusable');
  });

  test('a folder that cannot be made is told', () => {
    expect(open('/proc/gonogo/history.db').ok).toBe(false);
    const home = folder();
    writeFileSync(join(home, 'file'), '');
    expect(open(join(home, 'file', 'history.db')).ok).toBe(false);
  });
});

describe('a history that was damaged', () => {
  test.each([
    ['cut off', (path: string) => truncateSync(path, 9000)],
    [
      'overwritten in the middle',
      (path: string) => {
        const bytes = readFileSync(path);
        writeFileSync(path, bytes.fill(0xa5, 4096));
      },
    ],
  ])('and is %s', async (_name, damage) => {
    const path = await written();
    damage(path);
    const opened = open(path);
    const answers = opened.ok
      ? [await opened.value.finish(RUN, SCOPE.file), await opened.value.run('r0'), await opened.value.runs(null, 9)]
      : [opened];
    expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.trouble.code]))).toContain('corrupt');
  });

  test.each([
    ['a verdict that is none', `UPDATE runs SET verdict = 'MAYBE'`],
    ['a time beyond all dates', 'UPDATE runs SET started_at = 9e15'],
    ['a number beyond all numbers', 'UPDATE runs SET started_at = 9e17'],
    ['gates that are no JSON', `UPDATE runs SET gates = '['`],
    ['an outcome that is none', `UPDATE results SET outcome = 'fine'`],
    ['facts that are no object', `UPDATE results SET facts = '[]'`],
  ])('and holds %s', async (_name, statement) => {
    const path = await written();
    const database = new DatabaseSync(path);
    database.exec(statement);
    database.close();
    expect(troubleOf(await valueOf(open(path)).run('r0'))).toBe('corrupt');
  });
});

describe('a history of another version', () => {
  const NEXT = [...MIGRATIONS, 'ALTER TABLE runs ADD COLUMN more TEXT'];

  test('that is newer is refused with both versions, and left as it was', async () => {
    const path = await written();
    await valueOf(open(path, { migrations: NEXT })).close();
    const before = readFileSync(path);
    expect(open(path)).toEqual({
      ok: false,
      trouble: {
        code: 'newer',
        message: `the history was written by a newer version (schema 2, and this one knows up to 1)`,
      },
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('that is older is brought up, with a copy of what it was', async () => {
    const path = await written();
    const store = valueOf(open(path, { migrations: NEXT }));
    expect(valueOf(await store.run('r0'))).toMatchObject({ id: 'r0', verdict: 'GO' });
    const copy = `${path}.schema-1`;
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(valueOf(await valueOf(open(copy)).run('r0'))).toMatchObject({ id: 'r0' });
  });

  test('stays as it is when it cannot be brought up', async () => {
    const path = await written();
    const broken = [...MIGRATIONS, 'ALTER TABLE runs ADD COLUMN more TEXT; SELECT * FROM nothing'];
    expect(troubleOf(open(path, { migrations: broken }))).toBe('unusable');
    expect(valueOf(await valueOf(open(path)).run('r0'))).toMatchObject({ id: 'r0' });
  });
});

describe('a history that others or the disk keep from us', () => {
  test('is locked while another process writes, and can still be read', async () => {
    const path = await written();
    const store = valueOf(open(path, { busyMs: 50 }));
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const begun = performance.now();
    expect(troubleOf(await store.begin(startOf(RUN, SCOPE.file)))).toBe('locked');
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(valueOf(await store.runs(null, 9))).toHaveLength(1);
    other.exec('ROLLBACK');
    other.close();
    expect(valueOf(await store.begin(startOf(RUN, SCOPE.file)))).toEqual([]);
  });

  test.skipIf(getuid?.() === 0)('is read-only in a folder that we may not write', async () => {
    const path = await written();
    chmodSync(path, 0o400);
    expect(troubleOf(open(path))).toBe('read-only');
  });

  test('keeps what it had when there is no room, and takes what fits', async () => {
    const path = await written();
    const writer = fileURLToPath(new URL('test-writer.ts', import.meta.url));
    const end = (checks: number): string =>
      execFileSync('bash', ['-c', `ulimit -f 400; exec "$0" "$1" end "$2" ${checks}`, process.execPath, writer, path], {
        encoding: 'utf8',
      });
    expect(JSON.parse(end(5000))).toMatchObject({ ok: false });
    expect(JSON.parse(end(5))).toEqual({ ok: true, value: null });
    expect(valueOf(await valueOf(open(path)).runs(null, 9)).map(({ id }) => id)).toEqual(['large', 'r0']);
  });

  test('is full when SQLite says so', () => {
    const database = new DatabaseSync(':memory:');
    database.exec('CREATE TABLE t (x); PRAGMA max_page_count = 3');
    expect(troubleOf(told(() => database.exec(`INSERT INTO t VALUES (zeroblob(100000))`)))).toBe('full');
    database.close();
  });

  test('answers after it was closed, too', async () => {
    const store = valueOf(open(await written()));
    await store.close();
    await store.close();
    expect(troubleOf(await store.finish(RUN, SCOPE.file))).toBe('unusable');
    expect(troubleOf(await store.runs(null, 9))).toBe('unusable');
  });
});
