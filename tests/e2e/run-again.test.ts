import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Run } from '../../src/model/run.ts';
import { gonogo } from './gonogo.ts';
import { startShop, type Shop } from './smoke-pack/shop.ts';

/** Running a part of a file again, and all of it many times. */

let folder: string;
let shop: Shop;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-again-'));
  shop = await startShop();
});
afterEach(async () => {
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});

const FILE = `version: 1
name: Shop
environments: { staging: {} }
checks:
  good: { http: '\${env.SHOP}/new' }
  base: { http: '\${env.SHOP}/typed' }
  bad: { http: '\${env.SHOP}/\${env.WAY}', needs: [base] }
  after: { http: '\${env.SHOP}/new', needs: [bad] }
scenarios:
  flow:
    matrix: { way: [new, error] }
    steps: [{ http: '\${env.SHOP}/\${matrix.way}' }]
`;

const run = async (argv: readonly string[], way = 'error', text = FILE) => {
  writeFileSync(join(folder, 'gonogo.yaml'), text);
  const ended = await gonogo(['run', '-q', '--no-history', ...argv], {
    cwd: folder,
    variables: { SHOP: shop.url, WAY: way },
  });
  const report = (): Run => JSON.parse(readFileSync(join(folder, 'reports', 'latest', 'run.json'), 'utf8'));
  return { ...ended, report };
};

const outcomes = ({ checks, scenarios }: Run): readonly string[] =>
  [...checks, ...scenarios].map(({ id, outcome }) => `${id} ${outcome}`);

describe('--last-failed', () => {
  test('runs what was no clean pass, with what it needs, and proves no more than that', async () => {
    const first = await run([]);
    expect(first.exit).toBe(1);
    expect(outcomes(first.report())).toEqual([
      'good pass',
      'base pass',
      'bad fail',
      'after blocked',
      'flow[new] pass',
      'flow[error] fail',
    ]);
    const second = await run(['--last-failed'], 'new', FILE.replace("/${matrix.way}'", "/new'"));
    expect(second.exit).toBe(3);
    const told = second.report();
    expect(told.verdict).toBe('HOLD');
    expect(outcomes(told)).toEqual(['base pass', 'bad pass', 'after pass', 'flow[error] pass']);
    expect(told.notChecked.map(({ id }) => id)).toEqual(['good', 'flow[new]']);
    const third = await run(['--last-failed'], 'new');
    expect(third).toMatchObject({ exit: 2, stdout: '' });
    expect(third.stderr).toContain('everything that was looked at passed: there is nothing to run again');
  });

  test('takes a flaky pass for no clean one', async () => {
    const text =
      "version: 1\nchecks:\n  sometimes: { http: '${env.SHOP}/flaky', retry: { attempts: 3, delay: 1ms } }\n  good: { http: '${env.SHOP}/new' }\n";
    expect((await run([], 'new', text)).exit).toBe(0);
    const again = await run(['--last-failed'], 'new', text);
    expect(again.exit).toBe(3);
    expect(outcomes(again.report())).toEqual(['sometimes pass']);
  });

  test.each([
    ['there is no last run', [], 'there is no last run: reports/latest is not there'],
    ['something else is chosen as well', ['good'], '--last-failed chooses what to run'],
  ])('is refused when %s', async (_what, argv, message) => {
    const ended = await run(['--last-failed', ...argv]);
    expect(ended).toMatchObject({ exit: 2, stdout: '' });
    expect(ended.stderr).toContain(message);
    expect(shop.requests).toEqual([]);
  });

  test('is refused when the last run was of something else', async () => {
    await run([]);
    const other = await run(['--last-failed'], 'error', FILE.replace('name: Shop', 'name: Board'));
    expect(other.stderr).toContain('the last run was of "Shop", and this file is "Board"');
    const elsewhere = await run(['--last-failed', '--environment', 'staging']);
    expect(elsewhere.stderr).toContain(
      'the last run was in no environment, and this one is in the environment "staging"',
    );
    expect([other.exit, elsewhere.exit]).toEqual([2, 2]);
  });

  test('says what is gone from the file since', async () => {
    await run([]);
    const ended = await run(['--last-failed'], 'error', FILE.replaceAll(/\n {2}after: .*/g, ''));
    expect(ended.stderr).toContain('in the last run, and no longer in the file: after');
    expect(outcomes(ended.report())).toEqual(['base pass', 'bad fail', 'flow[error] fail']);
  });
});

test('--only takes one row of a matrix', async () => {
  const ended = await run(['--only', 'flow[new]']);
  expect(ended.exit).toBe(3);
  expect(outcomes(ended.report())).toEqual(['flow[new] pass']);
  expect(shop.requests).toEqual(['GET /new']);
});

describe('--repeat-each', () => {
  const text = `version: 1
checks:
  up: { http: '\${env.SHOP}/new' }
scenarios:
  flow:
    needs: [up]
    steps:
      - name: create
        http: { url: '\${env.SHOP}/tasks', json: { title: 'smoke \${run.id} \${uuid}' } }
        expect: { status: 201 }
        capture: { id: $.id }
      - { name: sometimes, http: '\${env.SHOP}/flaky' }
    cleanup:
      - { name: delete, http: { method: DELETE, url: '\${env.SHOP}/tasks/\${captured.id}' } }
`;

  test('records each repetition, and one that is not a pass is enough', async () => {
    const ended = await run(['--repeat-each', '4'], 'new', text);
    expect(ended.exit).toBe(1);
    const told = ended.report();
    expect(told.verdict).toBe('NO-GO');
    expect(outcomes(told).filter((one) => one.startsWith('flow'))).toEqual([
      'flow#1 fail',
      'flow#2 pass',
      'flow#3 pass',
      'flow#4 pass',
    ]);
    expect(told.banners).toEqual(['flow: 1 of 4 failed', 'passed 4 of 4 times: up']);
    expect(ended.stdout).toContain('flow: 1 of 4 failed');
    expect(told.gates[0]?.criteria).toHaveLength(8);
  });

  test('makes each repetition a flow of its own: one after the other, with names of its own', async () => {
    await run(['--repeat-each', '3'], 'new', text);
    const asked = shop.requests.filter((one) => !one.startsWith('GET /new'));
    const kinds = asked.map((one) => one.split(' ').slice(0, 2).join(' '));
    expect(kinds).toEqual(['1', '2', '3'].flatMap((id) => ['POST /tasks', 'GET /flaky', `DELETE /tasks/${id}`]));
    const titles = asked.filter((one) => one.startsWith('POST')).map((one) => one.split('title')[1]);
    expect(new Set(titles).size).toBe(3);
  });

  test('and then --last-failed runs the one that failed', async () => {
    await run(['--repeat-each', '2'], 'new', text);
    const ended = await run(['--last-failed'], 'new', text);
    expect(ended.exit).toBe(0);
    expect(outcomes(ended.report())).toEqual(['up pass', 'flow pass']);
  });

  test.each(['0', '101', 'x', '1.5'])('is refused for %s', async (times) => {
    const ended = await run(['--repeat-each', times], 'new', text);
    expect(ended.exit).toBe(2);
    expect(ended.stderr).toContain('--repeat-each must be a whole number from 1 to 100');
  });
});
