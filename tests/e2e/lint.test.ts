import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../src/config/problem.ts';
import { listen, stop } from '../stack/listen.ts';
import { gonogo } from './gonogo.ts';

const CONFIG = `version: 1
name: Shop
runbooks: [docs/runbooks/*.md]
owners: { shop: { contact: '#shop' } }
components: { shop: { title: The shop, owner: shop } }
checks:
  search:
    title: The search answers
    component: shop
    http: http://127.0.0.1:1/search?q=a&b=c
    runbook: shop.md#search
`;

const runbook = (meaning: string, impact = 'Nobody finds anything.'): string => `---
owner: shop
last-reviewed: ${new Date().toISOString().slice(0, 10)}
---

# Shop

## Search

### Meaning

${meaning}

### Impact

${impact}

### Diagnosis

1. Look: \`systemctl status search\`

### Mitigation

1. Restart: \`systemctl restart search\`
`;

const folders: string[] = [];
const project = (files: { readonly [path: string]: string }): string => {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-lint-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
};
const shop = (text: string): string => project({ 'gonogo.yaml': CONFIG, 'docs/runbooks/shop.md': text });

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('gonogo lint', () => {
  test('says when there is nothing to mend', async () => {
    const ended = await gonogo(['lint'], { cwd: shop(runbook('It is down.')) });
    expect(ended).toEqual({ exit: 0, stdout: '1 runbook with 1 section in use: nothing to mend\n', stderr: '' });
  });

  test('shows each fault with its place, and exits with 1', async () => {
    const { exit, stdout } = await gonogo(['lint'], { cwd: shop(runbook('See [that](gone.md).', '')) });
    expect(exit).toBe(1);
    expect(stdout).toBe(`error: the link leads to no file: gone.md
   --> docs/runbooks/shop.md:12:12
    |
12  | See [that](gone.md).
    |            ^^^^^^^

error: the part "Impact" of "Search" is empty
   --> docs/runbooks/shop.md:14:5
    |
14  | ### Impact
    |     ^^^^^^

2 errors
`);
  });

  test('says in the same breath when a reference leads nowhere', async () => {
    const cwd = project({
      'gonogo.yaml': CONFIG.replace('#search', '#serach'),
      'docs/runbooks/shop.md': runbook('It is down.'),
    });
    const { exit, stdout } = await gonogo(['lint', '--json'], { cwd });
    expect(exit).toBe(1);
    const { problems }: { readonly problems: readonly Problem[] } = JSON.parse(stdout);
    expect(problems.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'error: docs/runbooks/shop.md has no section "#serach"',
      'warning: no check and no component leads into this runbook',
    ]);
  });

  test('passes with warnings, unless it is strict', async () => {
    const cwd = shop(runbook('It is down.').replace('owner: shop', 'owner: nobody'));
    expect((await gonogo(['lint'], { cwd })).exit).toBe(0);
    expect((await gonogo(['lint', '--strict'], { cwd })).exit).toBe(1);
  });

  test('takes a configuration that cannot be read for what it is, and a wrong duration', async () => {
    const cwd = shop(runbook('It is down.'));
    expect((await gonogo(['lint', 'nothing.yaml'], { cwd })).exit).toBe(2);
    expect((await gonogo(['lint', '--stale-after', 'soon'], { cwd })).exit).toBe(2);
  });

  test('takes a section that only another configuration leads to for no orphan', async () => {
    const other = CONFIG.replace('shop.md#search', 'other.md#search');
    const cwd = project({
      'gonogo.yaml': CONFIG,
      'other.yaml': other,
      'docs/runbooks/shop.md': runbook('It is down.'),
      'docs/runbooks/other.md': runbook('It is down.'),
    });
    expect((await gonogo(['lint'], { cwd })).stdout).toContain('no check and no component leads into this runbook');
    expect((await gonogo(['lint', 'gonogo.yaml', 'other.yaml'], { cwd })).stdout).toContain('nothing to mend');
  });
});

describe('--links', () => {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/gone' ? 404 : request.url === '/hidden' ? 403 : 200).end('x');
  });
  let url = '';
  beforeAll(async () => {
    url = `http://127.0.0.1:${await listen(server)}`;
  });
  afterAll(() => stop(server));

  test('asks for external pages: one that is gone is an error, one that cannot be read a warning', async () => {
    const cwd = shop(runbook(`[a](${url}/) [b](${url}/gone) [c](${url}/hidden#x) [d](http://127.0.0.1:1/)`));
    const { exit, stdout } = await gonogo(['lint', '--links', '--json'], { cwd });
    expect(exit).toBe(1);
    const { problems }: { readonly problems: readonly Problem[] } = JSON.parse(stdout);
    expect(problems.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      `error: the page is gone (404): ${url}/gone`,
      `warning: the page cannot be read from here (403): ${url}/hidden#x`,
      expect.stringMatching(/^warning: the page cannot be read from here: .*refused.*: http:\/\/127\.0\.0\.1:1\/$/),
    ]);
    expect((await gonogo(['lint'], { cwd })).exit).toBe(0);
  });

  test('says how many pages it did not ask for, when there are more than a run asks for', async () => {
    const cwd = shop(runbook(Array.from({ length: 503 }, (_, at) => `[x](${url}/${at})`).join('\n')));
    const { exit, stdout } = await gonogo(['lint', '--links'], { cwd });
    expect({ exit, said: stdout.split('\n')[0] }).toEqual({
      exit: 0,
      said: 'warning: 3 more pages were not asked for: 500 are in one run',
    });
  }, 30_000);
});

describe('gonogo runbook new', () => {
  test('writes a section that lint asks to be finished, under the anchor that the check names', async () => {
    const cwd = project({ 'gonogo.yaml': CONFIG.replace(/^runbooks:.*\n/m, '') });
    const { exit, stdout, stderr } = await gonogo(['runbook', 'new', 'search'], { cwd });
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toContain('list the file, so that it is read: runbooks: [docs/runbooks/shop.md]\n');
    writeFileSync(join(cwd, 'gonogo.yaml'), CONFIG);
    expect(stdout).toContain('wrote docs/runbooks/shop.md, the section "#search"\n');
    const text = readFileSync(join(cwd, 'docs/runbooks/shop.md'), 'utf8');
    expect(text).toMatch(
      /^---\nowner: shop\nlast-reviewed: \d{4}-\d\d-\d\d\n---\n\n# The shop\n\n## Search\n\n### Meaning\n/,
    );
    expect(text).toContain("1. Look again: `curl -sS -i 'http://127.0.0.1:1/search?q=a&b=c'`\n");
    expect(text).toContain('Prove it: `gonogo run --only search`\n');
    const lint = await gonogo(['lint'], { cwd });
    expect(lint.stdout.match(/is still to be written/g)).toHaveLength(4);
  });

  test('writes a command that proves it with the file and the environment that it was asked with', async () => {
    const text = `${CONFIG.replace('    runbook: shop.md#search\n', '')}environments: { staging: { vars: {} } }\n`;
    const cwd = project({ 'checks/a shop.yaml': text, 'checks/docs/runbooks/shop.md': runbook('It is down.') });
    const { exit } = await gonogo(['runbook', 'new', 'search', '-c', 'checks/a shop.yaml', '-e', 'staging'], { cwd });
    expect(exit).toBe(0);
    const written = readFileSync(join(cwd, 'docs/runbooks/shop.md'), 'utf8');
    expect(written).toContain("Prove it: `gonogo run -c 'checks/a shop.yaml' -e staging --only search`\n");
  });

  test('appends to a runbook that is there, and says how the check is led to it', async () => {
    const cwd = project({
      'gonogo.yaml': CONFIG.replace('    runbook: shop.md#search\n', ''),
      'docs/runbooks/shop.md': runbook('It is down.'),
    });
    const { stdout } = await gonogo(['runbook', 'new', 'search'], { cwd });
    expect(stdout).toContain('lead the check to it: runbook: shop.md#the-search-answers\n');
    const again = await gonogo(['runbook', 'new', 'search'], { cwd });
    expect([again.exit, again.stderr]).toEqual([
      2,
      'gonogo: docs/runbooks/shop.md has a section "The search answers" already\n' +
        '        lead the check to it: runbook: shop.md#the-search-answers\n',
    ]);
    const text = readFileSync(join(cwd, 'docs/runbooks/shop.md'), 'utf8');
    expect(text.startsWith(runbook('It is down.'))).toBe(true);
    expect(text).toContain('\n\n## The search answers\n\n### Meaning\n');
  });

  test('leaves alone what is there already, and knows only what the file declares', async () => {
    const cwd = shop(runbook('It is down.'));
    const again = await gonogo(['runbook', 'new', 'search'], { cwd });
    expect(again.exit).toBe(2);
    expect(again.stderr).toContain('"search" has a section already: docs/runbooks/shop.md#search');
    expect((await gonogo(['runbook', 'new', 'serch'], { cwd })).stderr).toContain('did you mean "search"?');
    expect((await gonogo(['runbook', 'old', 'search'], { cwd })).exit).toBe(2);
    const other = project({
      'gonogo.yaml': CONFIG.replace('    runbook: shop.md#search\n', ''),
      'docs/runbooks/shop.md': '',
    });
    const unwritable = await gonogo(['runbook', 'new', 'search', '--out', '/proc/nothing/search.md'], { cwd: other });
    expect([unwritable.exit, unwritable.stderr]).toEqual([
      2,
      expect.stringMatching(
        /^gonogo: \/proc\/nothing\/search.md cannot be written: .*\n +name another file with --out\n$/,
      ),
    ]);
    expect(readFileSync(join(cwd, 'docs/runbooks/shop.md'), 'utf8')).toBe(runbook('It is down.'));
  });
});
