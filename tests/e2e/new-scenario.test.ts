import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gonogo } from './gonogo.ts';
import { startShop, type Shop } from './smoke-pack/shop.ts';

/** From a curl command, as a browser copies it, to a scenario that runs. */

let folder: string;
let shop: Shop;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-new-'));
  shop = await startShop();
});
afterEach(async () => {
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (...argv: readonly string[]) => gonogo(['new', ...argv], { cwd: folder });
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');

describe('gonogo new scenario', () => {
  test('sends the request once and writes down what it saw', async () => {
    const made = await ask('scenario', '--curl', `curl '${shop.url}/typed' -H 'accept: application/json' --compressed`);
    expect(made).toMatchObject({ exit: 0, stderr: '' });
    expect(shop.requests).toEqual(['GET /typed']);
    expect(made.stdout).toContain('$.no: false');
    expect(made.stdout).toContain('$.number:\n            type: number');
    expect(made.stdout).toContain('headers.content-type:\n            starts-with: application/json');
  });

  test('writes a file that runs, and that fails when the answer is another', async () => {
    expect(await ask('scenario', '-o', 'smoke/typed.yaml', '--', 'curl', `${shop.url}/typed`)).toMatchObject({
      exit: 0,
    });
    const run = () => gonogo(['run', '-q', '--no-history', '-c', 'smoke/typed.yaml', '--out', 'out'], { cwd: folder });
    expect((await run()).exit).toBe(0);
    writeFileSync(join(folder, 'smoke', 'typed.yaml'), textOf('smoke/typed.yaml').replace('$.no: false', '$.no: true'));
    expect((await run()).exit).toBe(1);
  });

  test('keeps no secret, names each, and asks for them when it runs', async () => {
    const command = `curl -u ada:canary-password -X POST ${shop.url}/token -b 'sid=canary-sid' -H 'x-csrf-token: canary-csrf'`;
    const made = await ask('scenario', '--yes', '-o', 'token.yaml', '--curl', command);
    expect(made.exit).toBe(0);
    const text = textOf('token.yaml');
    for (const canary of ['canary-password', 'canary-sid', 'canary-csrf', 'canary-token']) {
      expect([text, made.stdout, made.stderr].join('\n')).not.toContain(canary);
    }
    expect(made.stderr).toContain('secret: set SMOKE_PASSWORD before it is run (the password of ada)');
    expect(text).toContain('capture:\n          token:\n            json: $.token\n            secret: true');
    const argv = ['run', '-q', '--no-history', '-c', 'token.yaml', '--out', 'out'];
    expect((await gonogo(argv, { cwd: folder })).exit).toBe(3);
    const variables = {
      SMOKE_PASSWORD: 'canary-password',
      SMOKE_COOKIE: 'sid=canary-sid',
      SMOKE_X_CSRF_TOKEN: 'canary-csrf',
    };
    const ended = await gonogo(argv, { cwd: folder, variables });
    expect(ended.exit).toBe(0);
    expect([ended.stdout, textOf('out/run.json'), textOf('out/journal.jsonl')].join('\n')).not.toContain('canary');
  });

  test('asks before it changes something, and without anybody to ask sends nothing', async () => {
    const made = await ask('scenario', '--curl', `curl --json '{"title":"a"}' ${shop.url}/tasks`);
    expect(made).toMatchObject({ exit: 2, stdout: '' });
    expect(made.stderr).toContain('may change something, and is sent once: nobody is there to confirm it');
    expect(made.stderr).toContain('--yes');
    expect(shop.requests).toEqual([]);
  });

  test('captures what was made, and says how to take it away', async () => {
    const made = await ask(
      'scenario',
      '--yes',
      '--id',
      'make-task',
      '--curl',
      `curl --json '{"title":"a \${b}"}' ${shop.url}/tasks`,
    );
    expect(made.exit).toBe(0);
    expect(shop.requests).toHaveLength(1);
    expect(made.stdout).toContain('  make-task:\n');
    expect(made.stdout).toContain('title: a $${b}');
    expect(made.stdout).toContain('capture:\n          id: $.id');
    expect(made.stdout).toContain(`#   - http: { method: DELETE, url: '${shop.url}/tasks/\${captured.id}' }`);
    writeFileSync(join(folder, 'gonogo.yaml'), made.stdout.replaceAll(/^ {4}# (cleanup:|\s+- )/gm, '    $1'));
    expect((await gonogo(['run', '-q', '--no-history', '--out', 'out'], { cwd: folder })).exit).toBe(0);
    expect(shop.requests.map((one) => one.split(' | ')[0]).slice(1)).toEqual(['POST /tasks', 'DELETE /tasks/2']);
  });

  test('says when the answer was no good one', async () => {
    const made = await ask('scenario', '--', 'curl', `${shop.url}/nowhere`);
    expect(made.stdout).toContain('# The answer was 404: is that what is wanted?');
    expect(made.stdout).toContain('status: 404');
  });

  test('never overwrites', async () => {
    writeFileSync(join(folder, 'a.yaml'), 'mine');
    const made = await ask('scenario', '-o', 'a.yaml', '--', 'curl', `${shop.url}/typed`);
    expect(made).toMatchObject({ exit: 2, stderr: 'gonogo: a.yaml is there already\n        name another file\n' });
    expect(textOf('a.yaml')).toBe('mine');
    expect(shop.requests).toEqual([]);
  });

  test.each([
    [['check', '--curl', 'curl http://a/'], 'there is nothing new called "check"'],
    [['scenario'], '--curl is missing'],
    [['scenario', '--curl', 'curl -Z http://a/'], "curl's -Z is not understood here"],
    [['scenario', '--curl', 'wget http://a/'], 'this is no curl command'],
    [['scenario', '--id', 'No Id', '--', 'curl', 'http://127.0.0.1:9/'], 'no scenario can be made of it'],
    [['scenario', '--', 'curl', 'http://127.0.0.1:9/'], 'no answer came, and nothing was written'],
    [['scenario', '--', 'curl', 'ftp://127.0.0.1/'], 'only http and https can be probed'],
  ])('refuses %j', async (argv, message) => {
    const made = await ask(...argv);
    expect(made).toMatchObject({ exit: 2, stdout: '' });
    expect(made.stderr).toContain(message);
    expect(existsSync(join(folder, 'scenario.yaml'))).toBe(false);
  });
});
