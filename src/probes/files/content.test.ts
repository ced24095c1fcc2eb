import { gzipSync } from 'node:zlib';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ask, failureOf } from './test-ask.ts';
import { makeTree } from './test-tree.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const tree = async (files: { readonly [path: string]: string | Uint8Array }): Promise<string> => {
  const made = await makeTree(files);
  closers.push(made.close);
  return made.root;
};

const jsonLines = async (content: string | Uint8Array) =>
  ask({ glob: '*.jsonl', 'json-lines': true }, await tree({ 'a.jsonl': content }));

test('lines that are all JSON pass, whatever ends them', async () => {
  const { facts, broken } = await jsonLines('{"a":1}\r\n[]\n"x"\nnull\n12');
  expect(broken).toEqual([]);
  expect(facts).toMatchObject({ lines: 5, 'invalid-lines': 0, 'half-written': 0 });
});

test('the first line that is no JSON is told with its file, line and cause, and without its text', async () => {
  const { facts, broken } = await jsonLines('{"a":1}\n{"token": hush-hush}\n{"b":2}\n{"c":}\nWARN hush\n');
  expect(facts).toMatchObject({ lines: 5, 'invalid-lines': 3, 'half-written': 0 });
  expect(broken).toEqual([
    "invalid-lines: file-invalid: a.jsonl:2 is not valid JSON: unexpected token 'h'; a.jsonl:4 is not valid JSON: " +
      "unexpected token '}'; a.jsonl:5 is not valid JSON: unexpected token 'W'",
  ]);
  expect(JSON.stringify([facts, broken])).not.toContain('hush');
});

test.each([
  ['{"a":1', 'expected'],
  ['{"secret', 'unterminated string'],
  ['{"a":1} {"b":2}', 'unexpected non-whitespace character'],
  ['', 'it is empty'],
  ['  ', 'it is empty'],
  ['{"a":"\t"}', 'bad control character'],
  ['NaN', 'it does not parse'],
  ['{"a":01}', 'unexpected number at column 7'],
])('%j is no line of JSON', async (line, cause) => {
  const { broken } = await jsonLines(`{}\n${line}\n`);
  expect(broken.join()).toContain(`a.jsonl:2 is not valid JSON: ${cause}`);
});

test('half a line at the end is told apart from a line that is wrong', async () => {
  const { facts, broken } = await jsonLines('{"a":1}\n{"a":');
  expect(facts).toMatchObject({ lines: 2, 'invalid-lines': 0, 'half-written': 1 });
  expect(broken).toEqual([
    'half-written: file-invalid: a.jsonl:2 is half a line: the last one, no JSON, without a line feed',
  ]);
});

test('a file without a line proves nothing', async () => {
  const { broken } = await jsonLines('');
  expect(broken).toEqual(['lines: file-invalid: there is no line in what matches, so nothing was proved']);
});

test('lines that are not UTF-8, or begin with a mark, are no JSON', async () => {
  expect((await jsonLines(Buffer.from([0x22, 0xff, 0x22, 0x0a]))).broken[0]).toContain('it is not UTF-8');
  expect((await jsonLines('\u{feff}{}\n{}\n')).broken[0]).toMatch(/a\.jsonl:1 .* it begins with a byte order mark$/);
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{}\n{}\n', 'utf16le')]);
  expect((await jsonLines(wide)).broken[0]).toContain('the file is UTF-16LE');
});

test('a file that grows while it is read is read as far as it went, and no line is cut in two', async () => {
  const root = await tree({ 'a.jsonl': '{"n":1}\n'.repeat(300_000) });
  const ended = new AbortController();
  const writing = (async () => {
    while (!ended.signal.aborted) await appendFile(join(root, 'a.jsonl'), '{"n":2}\n'.repeat(50));
  })();
  const { broken } = await ask({ glob: 'a.jsonl', 'json-lines': true }, root);
  ended.abort();
  await writing;
  expect(broken).toEqual([]);
});

test('every file must hold every pattern in some line', async () => {
  const root = await tree({ 'a.conf': 'user root\nlisten 80\n', 'b.conf': 'listen 81', 'c.conf': '' });
  const { facts, broken } = await ask({ glob: '*.conf', 'must-contain': ['^listen \\d+$', '(?i)USER'] }, root);
  expect(facts['missing-patterns']).toBe(3);
  expect(broken).toEqual([
    'missing-patterns: file-invalid: b.conf holds no line with /(?i)USER/; c.conf holds no line with ' +
      String.raw`/^listen \d+$/; c.conf holds no line with /(?i)USER/`,
  ]);
});

test('the first line with what must not be there is told', async () => {
  const root = await tree({ 'a.log': 'ok\nFATAL x\nok\nFATAL y', 'b.log': 'ok\n' });
  const { facts, broken } = await ask({ glob: '*.log', 'must-not-contain': ['FATAL', 'PANIC'] }, root);
  expect(facts).toMatchObject({ forbidden: 2, lines: 5 });
  expect(broken).toEqual(['forbidden: file-invalid: a.log:2 holds /FATAL/; a.log:4 holds /FATAL/']);
});

test('text in UTF-16 is looked through as well', async () => {
  const root = await tree({
    'le.log': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('ok\npassword=hunter2\n', 'utf16le')]),
    'be.log': Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('x FATAL', 'utf16le').swap16()]),
  });
  const { broken } = await ask({ glob: '*.log', forbid: 'secrets', 'must-not-contain': 'FATAL' }, root);
  expect(broken[0]).toContain('be.log:1 holds /FATAL/; le.log:2 holds what looks like a password');
});

test('the text of a packed file is not seen, so nothing is said of it', async () => {
  const root = await tree({ 'a.log': 'ok', 'a.log.1.gz': gzipSync('password=hunter2') });
  const failure = await failureOf({ glob: 'a.log*', forbid: 'secrets' }, root);
  expect(failure).toMatchObject({
    code: 'probe-crashed',
    message: 'a.log.1.gz is packed (gzip), so its text cannot be seen: exclude it, or look at the text',
  });
  expect((await ask({ glob: 'a.log*', forbid: 'secrets', exclude: '*.gz' }, root)).broken).toEqual([]);
  expect((await ask({ glob: 'a.log*' }, root)).facts['count']).toBe(2);
});

test('a line that is too long to be judged makes the look unobserved', async () => {
  const root = await tree({ 'a.log': `ok\n${'x'.repeat(9 * 1024 * 1024)}` });
  for (const rule of [{ 'json-lines': true }, { forbid: 'secrets' as const }, { 'must-contain': 'ok' }]) {
    expect((await failureOf({ glob: 'a.log', ...rule }, root)).message).toContain('a.log:2 is longer than 8 MiB');
  }
});

test('a line on the border of what is read at once is found whole', async () => {
  const root = await tree({});
  const line = 'password=hunter2';
  for (const before of [262_143, 262_144 - 8, 262_144, 524_288 - 3]) {
    await writeFile(join(root, 'a.log'), `${'y'.repeat(before - 1)}\n${line}\n`);
    expect((await ask({ glob: 'a.log', forbid: 'secrets' }, root)).facts).toMatchObject({ forbidden: 1, lines: 2 });
  }
});
