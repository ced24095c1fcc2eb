import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Notified } from '../../src/notify/notify.ts';
import { startPagerDuty, startSlack, type Receiver } from '../notify/receivers.ts';
import { gonogo } from './gonogo.ts';
import { startShop } from './shop.ts';

let shop: Awaited<ReturnType<typeof startShop>>;
let slack: Receiver;
let pager: Awaited<ReturnType<typeof startPagerDuty>>;

const SLACK_PATH = '/services/T0/B0/good';

beforeAll(async () => {
  shop = await startShop();
  slack = await startSlack();
  pager = await startPagerDuty();
  const config = readFileSync(join(shop.folder, 'gonogo.yaml'), 'utf8');
  writeFileSync(
    join(shop.folder, 'telling.yaml'),
    `${config}secrets: [SLACK, PAGER]
notify:
  team: { slack: { url: '\${secret.SLACK}' } }
  pager:
    runbooks-url: https://git.example.com/blob/main
    pagerduty: { url: '${pager.url}/v2/enqueue', routing-key: '\${secret.PAGER}' }
`,
  );
});
afterAll(() => Promise.all([shop.close(), slack.close(), pager.close()]));
beforeEach(() => {
  slack.received.length = 0;
});

const ask = (argv: readonly string[], variables: { readonly [name: string]: string } = {}) =>
  gonogo(['run', '-q', '-c', 'telling.yaml', ...argv], {
    cwd: shop.folder,
    variables: { ...shop.variables, SLACK: `${slack.url}${SLACK_PATH}`, PAGER: 'R'.repeat(32), ...variables },
  });

const toldIn = (folder: string): readonly Notified[] =>
  JSON.parse(readFileSync(join(shop.folder, folder, 'notifications.json'), 'utf8'));
const states = (folder: string) => toldIn(folder).map(({ id, state }) => `${id} ${state}`);

test('a verdict is told when it changes, an alert is opened and ended, and a part of a run tells nobody', async () => {
  expect((await ask(['--out', 'first'])).exit).toBe(0);
  expect(states('first')).toEqual(['team not-due', 'pager sent']);
  await shop.killSearch();
  expect((await ask(['--out', 'broken'])).exit).toBe(1);
  expect(states('broken')).toEqual(['team sent', 'pager sent']);
  expect(pager.alerts.size).toBe(1);
  expect((await ask(['--out', 'still'])).exit).toBe(1);
  expect(states('still')).toEqual(['team not-due', 'pager not-due']);
  const before = slack.received.length;
  await ask(['--out', 'part', '--only', 'front']);
  await ask(['--out', 'part', 'search']);
  await ask(['--out', 'part', '--shard', '1/2']);
  expect(slack.received).toHaveLength(before);
  await shop.startSearch();
  expect((await ask(['--out', 'mended'])).exit).toBe(0);
  expect(states('mended')).toEqual(['team sent', 'pager sent']);
  expect(pager.alerts.size).toBe(0);
  expect(slack.received.map(({ json }) => json['text'])).toEqual([
    'NO-GO: Shop: search broken at tcp (connect-refused), owner shop, #shop',
    'GO: Shop',
  ]);
}, 60_000);

test('a notification that fails changes neither verdict nor exit code, and is told without its secret', async () => {
  await shop.killSearch();
  const url = `${slack.url}/services/T0/B0/a-wrong-secret`;
  const { exit, stderr, stdout } = await ask(['--out', 'failing', '--no-history'], { SLACK: url });
  await shop.startSearch();
  expect(exit).toBe(1);
  expect(stderr).toContain(
    'gonogo: the notification "team" (slack) could not be sent: it was answered with 403: invalid_token\n',
  );
  expect(toldIn('failing')).toMatchObject([{ id: 'team', state: 'failed', status: 403 }, { state: 'sent' }]);
  const kept = ['journal.jsonl', 'run.json', 'report.html', 'report.md', 'notifications.json'].map((name) =>
    readFileSync(join(shop.folder, 'failing', name), 'utf8'),
  );
  for (const text of [stdout, stderr, ...kept]) expect(text).not.toMatch(/a-wrong-secret|R{32}/);
});

test('who could not be told is told by the next run, also that it is over, and a part of a run in between changes nothing', async () => {
  const texts = () => slack.received.map(({ json }) => json['text']);
  await ask(['--out', 'again']);
  slack.received.length = 0;
  pager.alerts.clear();
  await shop.killSearch();
  const down = { SLACK: `${slack.url}/services/T0/B0/gone`, PAGER: 'S'.repeat(31) + 'T' };
  pager.trouble({ status: 400, body: 'no' });
  expect((await ask(['--out', 'untold'], down)).exit).toBe(1);
  expect(states('untold')).toEqual(['team failed', 'pager failed']);
  expect((await ask(['--out', 'told'])).exit).toBe(1);
  expect(states('told')).toEqual(['team sent', 'pager sent']);
  expect(pager.alerts.size).toBe(1);
  await shop.startSearch();
  pager.trouble({ status: 400, body: 'no' });
  await ask(['--out', 'over']);
  expect(states('over')).toEqual(['team sent', 'pager failed']);
  await ask(['--out', 'over']);
  expect(states('over')).toEqual(['team not-due', 'pager sent']);
  expect(pager.alerts.size).toBe(0);
  expect((await ask(['--out', 'part', '--only', 'front'])).exit).toBe(3);
  await ask(['--out', 'over']);
  expect(states('over')).toEqual(['team not-due', 'pager not-due']);
  expect(texts()).toEqual(['NO-GO: Shop: search broken at tcp (connect-refused), owner shop, #shop', 'GO: Shop']);
}, 60_000);

test('somebody who was never reached is told as soon as that is possible, though the verdict is an old one', async () => {
  const config = readFileSync(join(shop.folder, 'telling.yaml'), 'utf8').replace('  team:', '  newcomer:');
  writeFileSync(join(shop.folder, 'newcomer.yaml'), config);
  await shop.killSearch();
  const run = (out: string, path: string) =>
    gonogo(['run', '-q', '-c', 'newcomer.yaml', '--out', out], {
      cwd: shop.folder,
      variables: { ...shop.variables, PAGER: 'R'.repeat(32), SLACK: `${slack.url}${path}` },
    });
  await run('newcomer/1', '/gone');
  await run('newcomer/2', '/gone');
  await run('newcomer/3', SLACK_PATH);
  await run('newcomer/4', SLACK_PATH);
  await shop.startSearch();
  const became = [1, 2, 3, 4].map((number) => toldIn(`newcomer/${number}`)[0]?.state);
  expect(became).toEqual(['failed', 'failed', 'sent', 'not-due']);
}, 60_000);

test('of a run in parts the merge tells, once; and a triage tells nobody', async () => {
  await ask(['--out', 'before-parts']);
  slack.received.length = 0;
  await shop.killSearch();
  await ask(['--shard', '1/2', '--out', 'parts/1']);
  await ask(['--shard', '2/2', '--out', 'parts/2']);
  const variables = { ...shop.variables, SLACK: `${slack.url}${SLACK_PATH}`, PAGER: 'R'.repeat(32) };
  await gonogo(['triage', '-q', '-c', 'telling.yaml'], { cwd: shop.folder, variables });
  expect(slack.received).toEqual([]);
  const merge = ['merge', '-q', 'parts/1', 'parts/2', '-c', 'telling.yaml', '--out', 'parts/merged'];
  expect((await gonogo(merge, { cwd: shop.folder, variables })).exit).toBe(1);
  expect(states('parts/merged')).toEqual(['team sent', 'pager sent']);
  expect(slack.received).toHaveLength(1);
  await shop.startSearch();
  await ask(['--out', 'after-parts']);
  expect(states('after-parts')).toEqual(['team sent', 'pager sent']);
}, 60_000);

test('what is not set is told when there was something to tell, and stops nothing', async () => {
  const variables = { ...shop.variables, PAGER: 'R'.repeat(32) };
  await shop.killSearch();
  const argv = ['run', '-q', '-c', 'telling.yaml', '--out', 'unset', '--no-history'];
  const { exit, stderr } = await gonogo(argv, { cwd: shop.folder, variables });
  await shop.startSearch();
  expect(exit).toBe(1);
  expect(stderr).toContain('the notification "team" (slack) was not sent: not set: SLACK\n');
});
