import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Insight } from '../../src/history/insight.ts';
import type { Run } from '../../src/model/run.ts';
import { gonogo, ROOT, startGonogo, type Ended } from './gonogo.ts';
import { startShop } from './shop.ts';

let shop: Awaited<ReturnType<typeof startShop>>;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());

const ask = (...argv: readonly string[]) => gonogo(argv, { cwd: shop.folder, variables: shop.variables });
const triage = (...argv: readonly string[]) => ask('triage', ...argv);

/** One line whatever it was wrapped into. */
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

const guide = readFileSync(join(ROOT, 'docs', 'guides', 'triage.md'), 'utf8');

/** What differs from run to run becomes a word. */
const steady = (text: string): string =>
  flat(text)
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, '<time>')
    .replaceAll(/\d{8}-\d{6}-\w{4}/g, '<run>')
    .replaceAll(/just now|\b\d+(?:\.\d+)? (?:ms|s|min|h)\b(?: \d+ (?:s|min)\b)?(?: ago)?/g, '<duration>')
    .replaceAll('to <time>, <duration>;', 'to <time>;')
    .replaceAll(/127\.0\.0\.1:\d+|port \d+/g, '<port>');

describe('a search that is killed between two runs', () => {
  const acts = new Map<string, Ended>();
  const act = (name: string): Ended => acts.get(name) ?? { exit: null, stdout: '', stderr: '' };
  const said = (name: string): string => flat(act(name).stdout);
  const play = async (name: string, change: () => unknown): Promise<void> => {
    await change();
    acts.set(name, await triage('-q'));
  };

  beforeAll(async () => {
    await play('good', () => {});
    await play('broken', async () => {
      await shop.killSearch();
      shop.deploy('1.5.0');
    });
    await play('still', () => {});
    await play('mended', () => shop.startSearch());
    await play('again', async () => {
      await shop.killSearch();
      shop.deploy('1.6.0');
    });
    await play('mended again', () => shop.startSearch());
    await play('flapping', () => shop.killSearch());
    await shop.startSearch();
  }, 60_000);

  test('good is told in a line, with what was not looked at and why', () => {
    expect(act('good').exit).toBe(0);
    expect(act('good').stdout).toMatch(/^GOOD {2}Shop {2}all 4 checks are good in /);
    expect(said('good')).toContain('not seen order: it may change something: gonogo run does it');
  });

  test('a triage sends nothing that may change something', () => {
    expect(said('broken')).toContain('order: it may change something');
  });

  test('broken is told with its cause, whom it hurts and what it holds up', () => {
    expect(act('broken').exit).toBe(1);
    expect(act('broken').stdout).toMatch(/^NO-GO {2}Shop {2}1 of 4 checks is not good, 1 root cause in /);
    expect(said('broken')).toContain('NO-GO search The search finds something');
    expect(said('broken')).toContain('impact Nobody finds anything to buy.');
    expect(said('broken')).toContain('holds up checkout-page; the gate launch; P0');
    expect(said('broken')).toContain('layer TCP');
  });

  test('with since when, the last good run, and what changed beside it', () => {
    expect(said('broken')).toMatch(
      /since new in this run; last good \d{4}-\S+ \S+ UTC, (?:just now|.{1,12} ago) \(\d{8}-\d{6}-\w{4}\)/,
    );
    expect(said('broken')).toContain('changed front, checkout-page, health: headers.x-app-version "1.4.2" -> "1.5.0"');
  });

  test('with the contradiction, the owner and who is next', () => {
    expect(said('broken')).toContain(
      'CONTRADICTION health passes for shop (health status is "pass") while search fails',
    );
    expect(said('broken')).toContain(
      'owner shop, #shop; then: shop on call within 15 min, head of engineering within 1 h',
    );
  });

  test('with the steps of the runbook, and commands that can be copied', () => {
    expect(act('broken').stdout).toContain('shop.md#search-is-down\n');
    expect(act('broken').stdout).toContain('1. See whether it runs: `systemctl status shop-search`\n');
    expect(act('broken').stdout).toContain('2. Restart it: `systemctl restart shop-search`\n');
    expect(act('broken').stdout).toContain(`again    curl -sS -i ${shop.variables.SEARCH_URL}/search\n`);
  });

  test('a second look says since when it is bad', () => {
    expect(said('still')).toMatch(/since \d{4}-\S+ \S+ UTC, (?:just now|.{1,12} ago); last good/);
    expect(said('still')).not.toContain('before the same');
  });

  test('broken again is told as seen before, with how that ended', () => {
    expect(act('mended').exit).toBe(0);
    expect(said('again')).toMatch(/before the same from \S+ \S+ UTC to \S+ \S+ UTC.*; it ended as pass in \d{8}-/);
    expect(said('again')).not.toContain('FLAPPING');
  });

  test('the guide shows what is printed', () => {
    const [, excerpt = ''] = /```text\n(NO-GO {2}Shop.*?)\n```/s.exec(guide) ?? [];
    expect(excerpt).not.toBe('');
    for (const part of steady(excerpt).split(
      /(?= (?:impact|holds up|since|layer|seen|changed|before|owner|runbook|again|CONTRADICTION|good|not seen|details) )/,
    )) {
      expect(steady(act('again').stdout)).toContain(part.trim());
    }
  });

  test('what comes and goes is told as flapping', () => {
    expect(said('flapping')).toContain('FLAPPING: it comes and goes');
  });

  test('--since compares with the run that it names, and refuses one that it does not know', async () => {
    const first = (await ask('history', '--json')).stdout;
    const runs: readonly { readonly id: string }[] = JSON.parse(first);
    const oldest = runs.at(-1)?.id ?? '';
    await shop.killSearch();
    const { stdout } = await triage('-q', '--json', '--since', oldest);
    await shop.startSearch();
    const { insights }: { readonly insights: readonly Insight[] } = JSON.parse(stdout);
    expect(insights).toMatchObject([{ check: 'search', comparedWith: oldest }]);
    const before = shop.asked();
    const refused = await triage('--since', '20200101-000000-none');
    expect(refused.exit).toBe(2);
    expect(refused.stderr).toContain('the history knows no run "20200101-000000-none"');
    expect(shop.asked()).toBe(before);
  });
});

describe('on a terminal', () => {
  const hasScript = spawnSync('script', ['--version']).status === 0;
  const onTerminal = (columns: number, argv: string, variables: { readonly [name: string]: string } = {}) => {
    const command = `stty cols ${columns} rows 50; exec ${process.execPath} ${join(ROOT, 'src', 'main.ts')} ${argv}`;
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: shop.folder,
      env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', ...shop.variables, ...variables },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let shown = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (shown += chunk));
    return {
      shown: () => shown,
      ended: new Promise<void>((resolve) => child.once('close', () => resolve())),
      kill: () => child.kill(),
    };
  };

  test.skipIf(!hasScript)('one root cause is one screen, whatever its width, and its commands are whole', async () => {
    await shop.killSearch();
    const [wide, narrow] = [onTerminal(100, 'triage -q'), onTerminal(60, 'triage -q', { NO_COLOR: '1' })];
    await Promise.all([wide.ended, narrow.ended]);
    await shop.startSearch();
    expect(wide.shown()).toContain('\u001B[');
    expect(narrow.shown()).not.toContain('\u001B');
    const lines = narrow.shown().split('\r\n');
    expect(lines.length).toBeLessThan(40);
    const whole = /^ {11}\d\. .*`$|^ {2}again|^details/;
    expect(lines.filter((line) => line.length > 60 && !whole.test(line))).toEqual([]);
    expect(lines).toContain(`  again    curl -sS -i ${shop.variables.SEARCH_URL}/search`);
  });

  test.skipIf(!hasScript)(
    '--watch begins a new screen with each change, and with nothing else',
    async () => {
      const watching = onTerminal(80, 'triage -q --watch --every 1s --no-color');
      const screens = (): readonly string[] => watching.shown().split('\u001B[H\u001B[2J').slice(1);
      const until = async (reached: () => boolean): Promise<void> => {
        while (!reached()) await new Promise((resolve) => setTimeout(resolve, 50));
      };
      await until(() => screens().length === 1);
      const asked = shop.asked();
      await until(() => shop.asked() >= asked + 8);
      await shop.killSearch();
      await until(() => screens().length === 2);
      watching.kill();
      await watching.ended;
      await shop.startSearch();
      expect(screens().map((screen) => /^(GOOD|NO-GO) {2}Shop/m.exec(screen)?.[1])).toEqual(['GOOD', 'NO-GO']);
    },
    40_000,
  );
});

describe('a component alone', () => {
  test('is looked at by its id, in Markdown and as JSON', async () => {
    await shop.killSearch();
    const [markdown, json] = await Promise.all([triage('-q', 'shop', '--markdown'), triage('-q', 'search', '--json')]);
    await shop.startSearch();
    expect(markdown.stdout).toContain('**NO-GO** `search` The search finds something: ');
    expect(markdown.stdout).toContain('1. See whether it runs: `systemctl status shop-search`');
    const { run, insights }: { readonly run: Run; readonly insights: readonly Insight[] } = JSON.parse(json.stdout);
    expect(run.checks.map(({ id }) => id)).toEqual(['search']);
    expect(insights).toMatchObject([{ check: 'search' }]);
  });

  test('that nobody knows is a usage error', async () => {
    const near = await triage('serch');
    expect([near.exit, near.stderr]).toEqual([
      2,
      'gonogo: there is no component and no check "serch"\n        did you mean "search"?\n',
    ]);
    expect((await triage('NO-SUCH-COMPONENT')).stderr).toContain('the components are shop\n');
    expect((await triage('-c', 'silent.yaml', 'nothing')).stderr).toContain('the checks are search, silent\n');
  });
});

test('with a target that never answers the first failure is told within 2 s, and all of it within 15 s', async () => {
  await shop.killSearch();
  const startedMs = performance.now();
  const started = startGonogo(['triage', '-c', 'silent.yaml'], { cwd: shop.folder, variables: shop.variables });
  await started.says('fail    search  connect-refused');
  const firstMs = performance.now() - startedMs;
  const { exit, stdout } = await started.ended;
  const wholeMs = performance.now() - startedMs;
  await shop.startSearch();
  expect(exit).toBe(1);
  expect(flat(stdout)).toMatch(/silent .*limit looked for 5 s at most; the check itself allows 10 s/);
  expect(firstMs).toBeLessThan(2000);
  expect(wholeMs).toBeLessThan(15_000);
}, 30_000);

test('--within bounds it all', async () => {
  const startedMs = performance.now();
  const { exit, stdout } = await triage('-q', '-c', 'silent.yaml', '--within', '2s');
  expect(performance.now() - startedMs).toBeLessThan(6000);
  expect(exit).toBe(1);
  expect(stdout).toContain('silent');
  expect((await triage('--within', '1ms')).exit).toBe(2);
  expect((await triage('--watch', '--every', 'often')).exit).toBe(2);
  expect((await triage('--json', '--markdown')).stderr).toContain('--json and --markdown exclude each other');
});

test('--watch says it anew only when something changed, remembers only that, and writes one folder', async () => {
  const cwd = join(shop.folder, 'elsewhere');
  const watching = startGonogo(['triage', '-q', '-c', '../gonogo.yaml', '--watch', '--every', '1s'], {
    cwd,
    variables: shop.variables,
  });
  await watching.says('GOOD  Shop');
  const asked = shop.asked();
  while (shop.asked() < asked + 8) await new Promise((resolve) => setTimeout(resolve, 50));
  await shop.killSearch();
  await watching.says('NO-GO  Shop');
  watching.kill('SIGINT');
  const { exit, stdout } = await watching.ended;
  await shop.startSearch();
  expect(exit).toBe(130);
  expect(stdout.match(/^(?:GOOD|NO-GO) {2}Shop/gm)).toEqual(['GOOD  Shop', 'NO-GO  Shop']);
  const told = await gonogo(['history', '-c', '../gonogo.yaml', '--json'], { cwd, variables: shop.variables });
  const runs: readonly { readonly id: string; readonly verdict: string }[] = JSON.parse(told.stdout);
  // The last look that was still good is remembered with the first that was not: since when is as exact as the looks.
  expect(runs.map(({ verdict }) => verdict)).toEqual(['NO-GO', 'GO', 'GO']);
  expect(stdout).toContain(`(${runs[1]?.id})`);
  expect(readdirSync(join(cwd, 'reports'))).toHaveLength(1);
}, 40_000);
