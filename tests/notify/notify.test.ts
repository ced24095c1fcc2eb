import { createServer } from 'node:http';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Channel, Notification } from '../../src/config/notify.ts';
import type { Verdict } from '../../src/model/outcome.ts';
import type { Run } from '../../src/model/run.ts';
import { notifyAll, type Notified } from '../../src/notify/notify.ts';
import { makePost } from '../../src/notify/post.ts';
import { testContext } from '../../src/probes/test-context.ts';
import { clock } from '../../src/shell/clock.ts';
import { readDocument, textOf } from '../documents/documents.ts';
import { blocked, passed, run, runbook } from '../golden/reports/build.ts';
import { HOSTILE } from '../golden/reports/hostile.ts';
import { anyRun } from '../golden/reports/random-run.ts';
import { listen, stop } from '../stack/listen.ts';
import { startGitHub, startPagerDuty, startSlack, startWebhook, type Receiver } from './receivers.ts';

let slack: Receiver;
let pager: Awaited<ReturnType<typeof startPagerDuty>>;
let gitHub: Receiver;
let hook: Receiver;
let all: readonly Receiver[] = [];

beforeAll(async () => {
  [slack, pager, gitHub, hook] = [
    await startSlack(),
    await startPagerDuty(),
    await startGitHub(),
    await startWebhook(),
  ];
  all = [slack, pager, gitHub, hook];
});
afterAll(() => Promise.all(all.map(({ close }) => close())));
beforeEach(() => {
  for (const { received } of all) received.length = 0;
  pager.alerts.clear();
});

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const channels = (): readonly Channel[] => [
  { kind: 'slack', url: `${slack.url}/services/T0/B0/good` },
  { kind: 'pagerduty', url: `${pager.url}/v2/enqueue`, routingKey: 'R'.repeat(32) },
  {
    kind: 'github',
    url: gitHub.url,
    repository: 'o/r',
    commit: COMMIT,
    token: 'good-token',
    context: 'gonogo',
    targetUrl: 'https://ci.example.com/1',
  },
  { kind: 'webhook', url: `${hook.url}/told`, headers: { authorization: 'Bearer own-token' } },
];

const notification = (channel: Channel, changes: Partial<Notification> = {}): Notification => ({
  id: channel.kind,
  on: 'always',
  kind: channel.kind,
  channel,
  missing: [],
  runbooksUrl: 'https://git.example.com/blob/main',
  source: { file: 'gonogo.yaml', line: 1, column: 1 },
  ...changes,
});

type Given = {
  readonly previous?: Verdict | null;
  readonly to?: readonly Notification[];
  readonly withinMs?: number;
  readonly scope?: string;
};

const tell = (
  about: Run,
  { previous = null, to, withinMs = 10_000, scope = 'gonogo.yaml staging' }: Given = {},
): Promise<readonly Notified[]> =>
  notifyAll(
    about,
    to ?? channels().map((channel) => notification(channel)),
    { knownTo: () => previous, scope, withinMs },
    { post: makePost(testContext(), (text) => text.replaceAll('own-token', '***')), ...clock },
    new AbortController().signal,
  );

const down = passed('dashboard', 4, {
  component: 'web',
  outcome: 'fail',
  reasonCode: 'http-5xx',
  layer: 'http',
  message: 'the server answers 502 <Bad> & "Gateway"',
  runbook: runbook('operations.md', 'dashboard-5xx', 'Dashboard answers 5xx', ['Restart it']),
});
const broken = run([down], { verdict: 'NO-GO', reasons: ['dashboard fails: 502'], blockers: [blocked(down)] });
const held = run([down], { verdict: 'HOLD', reasons: ['nothing was proved'] });
const good = run([passed('dashboard', 4)], { verdict: 'GO', reasons: ['everything passed'] });

const states = (told: readonly Notified[]) =>
  told.map(({ kind, state, message }) => `${kind} ${state} ${message}`.trim());

describe('what is told', () => {
  test('is taken by every receiver that keeps the rules, for every verdict', async () => {
    for (const one of [broken, held, good]) {
      expect(states(await tell(one))).toEqual(['slack sent', 'pagerduty sent', 'github sent', 'webhook sent']);
    }
  });

  test('Slack is told in its first line what is broken, where, and whose it is', async () => {
    await tell(broken);
    expect(slack.received[0]?.json['text']).toBe(
      'NO-GO: Marketplace launch (staging): dashboard broken at http (http-5xx), owner platform, #platform',
    );
    const text = JSON.stringify(slack.received[0]?.json['blocks']);
    expect(text).toContain('answers 502 &lt;Bad&gt; &amp; ');
    expect(text).toContain(
      '<https://git.example.com/blob/main/docs/runbooks/operations.md#dashboard-5xx|docs/runbooks/operations.md#dashboard-5xx>',
    );
  });

  test('PagerDuty has one alert while we may not go, with the runbook in its links, and it ends when we may', async () => {
    await tell(broken);
    expect(pager.alerts).toEqual(new Set(['gonogo gonogo.yaml staging']));
    expect(pager.received[0]?.json).toMatchObject({
      event_action: 'trigger',
      payload: { severity: 'critical', component: 'web', class: 'http-5xx', source: 'Marketplace launch (staging)' },
      links: [{ href: 'https://git.example.com/blob/main/docs/runbooks/operations.md#dashboard-5xx' }],
    });
    await tell(held);
    expect(pager.alerts.size).toBe(1);
    await tell(good);
    expect(pager.alerts.size).toBe(0);
  });

  test('PagerDuty is given a key that it takes and that stays the same, however long the names are', async () => {
    const scope = `${'x'.repeat(300)}\n${HOSTILE}`;
    const to = channels()
      .slice(1, 2)
      .map((channel) => notification(channel));
    await tell(broken, { to, scope });
    await tell(broken, { to, scope: `${scope}y` });
    expect(pager.alerts.size).toBe(2);
    await tell(good, { to, scope });
    expect(pager.alerts.size).toBe(1);
  });

  test('GitHub has a status for the commit: HOLD is an error, for nobody can tell', async () => {
    for (const one of [broken, held, good]) await tell(one);
    expect(gitHub.received.map(({ json }) => json['state'])).toEqual(['failure', 'error', 'success']);
    expect(gitHub.received[0]).toMatchObject({
      path: `/repos/o/r/statuses/${COMMIT}`,
      json: { description: 'NO-GO: dashboard fails: 502', context: 'gonogo', target_url: 'https://ci.example.com/1' },
    });
  });

  test('a webhook has it all, with the verdict before, and can tell a repetition', async () => {
    await tell(broken, { previous: 'GO' });
    expect(hook.received[0]?.headers).toMatchObject({
      authorization: 'Bearer own-token',
      'idempotency-key': broken.run.id,
    });
    expect(hook.received[0]?.json).toMatchObject({
      schemaVersion: 1,
      event: 'verdict',
      verdict: 'NO-GO',
      previous: 'GO',
      blockers: [{ check: 'dashboard', reasonCode: 'http-5xx', owner: 'platform, #platform' }],
    });
  });

  test('a webhook is sent what the guide shows', async () => {
    const guide = readDocument('docs/guides/ci.md', textOf('docs/guides/ci.md'));
    const shown = JSON.parse(guide.blocks.find(({ about }) => about === 'webhook')?.text ?? '');
    const plain = { ...down, message: 'the server answers 502' };
    await tell(run([plain], { verdict: 'NO-GO', reasons: broken.reasons, blockers: [blocked(plain)] }), {
      previous: 'GO',
    });
    expect(shown).toEqual(hook.received[0]?.json);
  });

  test('an address or a name in what a target says is no link and no mention in Slack', async () => {
    await tell(broken);
    const { blocks, unfurl_links: unfurled } = slack.received[0]?.json ?? {};
    const texts = JSON.stringify(blocks).match(/"type":"mrkdwn","[^}]*/g) ?? [];
    expect(texts.length).toBeGreaterThan(1);
    for (const text of texts) expect(text).toContain('"verbatim":true');
    expect(unfurled).toBe(false);
  });

  test('a link to a runbook is whole or none, however much there is to say', async () => {
    const long = '&'.repeat(10_000);
    const wordy = { ...down, message: long, owner: { id: long, contact: long, escalation: [] } };
    for (const length of [100, 900, 1900, 5000]) {
      slack.received.length = 0;
      const base = `https://git.example.com/${'a'.repeat(length)}`;
      const to = [notification(channels()[0] ?? { kind: 'slack', url: '' }, { runbooksUrl: base })];
      expect(
        states(await tell(run([wordy], { verdict: 'NO-GO', blockers: [blocked(wordy, { next: long })] }), { to })),
      ).toEqual(['slack sent']);
      const said = JSON.stringify(slack.received[0]?.json['blocks']);
      expect(said).toContain('docs/runbooks/operations.md#dashboard-5xx');
      expect(said.match(/<http[^>]*\|docs\/runbooks\/operations\.md#dashboard-5xx>/g) ?? []).toHaveLength(
        length < 950 ? 1 : 0,
      );
      expect(said.match(/<http/g) ?? []).toHaveLength(length < 950 ? 1 : 0);
    }
  });

  test('a runbook that cannot be followed is named, and is no link', async () => {
    await tell(broken, { to: channels().map((channel) => notification(channel, { runbooksUrl: null })) });
    expect(pager.received[0]?.json['links']).toEqual([]);
    expect(JSON.stringify(slack.received[0]?.json)).toContain('runbook docs/runbooks/operations.md#dashboard-5xx');
  });

  test('whatever a run holds, the receivers take it, and nothing in it acts', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, async (drawn) => {
        for (const { received } of all) received.length = 0;
        const to = channels().map((channel) =>
          notification(channel, { runbooksUrl: `https://git.example.com/${HOSTILE}` }),
        );
        expect(states(await tell(drawn, { to }))).toEqual([
          'slack sent',
          'pagerduty sent',
          'github sent',
          'webhook sent',
        ]);
        const said = JSON.stringify(slack.received[0]?.json ?? {});
        expect(said).not.toMatch(/<!(?:here|channel|everyone)|<@/);
        for (const { received } of all) {
          for (const { json } of received)
            expect(Object.values(json).join('')).not.toMatch(/[\p{Cf}\p{Cs}]|(?!\n)\p{Cc}/u);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('trouble', () => {
  const only = (channel: Channel | undefined): readonly Notification[] =>
    channel === undefined ? [] : [notification(channel)];

  test('that may be over in a moment is worth another try', async () => {
    slack.trouble({ status: 503, body: 'down' }, { status: 500, body: 'down' });
    expect(await tell(good, { to: only(channels()[0]) })).toMatchObject([{ state: 'sent', attempts: 3, status: 200 }]);
  });

  test('a receiver that asks to wait is waited for, as long as there is time', async () => {
    slack.trouble({ status: 429, body: 'slow down', headers: { 'retry-after': '1' } });
    expect(await tell(good, { to: only(channels()[0]) })).toMatchObject([{ state: 'sent', attempts: 2 }]);
    slack.trouble({ status: 429, body: 'slow down', headers: { 'retry-after': '60' } });
    const [told] = await tell(good, { to: only(channels()[0]), withinMs: 2000 });
    expect(told).toMatchObject({ state: 'failed', attempts: 1, status: 429 });
  });

  test.each([
    ['slack', 0, { status: 200, body: '<html>Please log in</html>' }, 'it was answered with 200: <html>Please log in'],
    ['pagerduty', 1, { status: 200, body: '{}' }, 'it was answered with 200: {}'],
    ['github', 2, { status: 202, body: '{}' }, 'it was answered with 202: {}'],
    ['webhook', 3, { status: 302, body: '' }, 'it was answered with 302'],
  ])('is an answer of %s that is not the one of who took it', async (_kind, at, reply, message) => {
    all[at]?.trouble(reply);
    const [told] = await tell(good, { to: only(channels()[at]) });
    expect(told).toMatchObject({ state: 'failed', message: expect.stringContaining(message) });
  });

  test('of one that never answers, or never comes to the end of its answer, is bounded', async () => {
    const hanging = createServer((request, response) => {
      if (request.url === '/slow') response.writeHead(200).write('o');
    });
    const port = await listen(hanging);
    const startedMs = performance.now();
    const to = ['hanging', 'slow'].map((path) =>
      notification({ kind: 'slack', url: `http://127.0.0.1:${port}/${path}` }),
    );
    const told = await tell(broken, { to, withinMs: 1500 });
    expect(performance.now() - startedMs).toBeLessThan(2500);
    expect(told.map(({ state }) => state)).toEqual(['failed', 'failed']);
    hanging.closeAllConnections();
    await stop(hanging);
  });

  test('never shows the address of a webhook, nor a part of a secret that was cut off', async () => {
    const hook = '/services/T0/B0/XyZ0123456789abcdef';
    slack.trouble({ status: 404, body: `no hook at ${hook} (XyZ0123456789abcdef) ${'x'.repeat(130)} own-token` });
    const [told] = await tell(good, { to: only({ kind: 'slack', url: `${slack.url}${hook}` }) });
    expect(told?.message).toContain('no hook at *** (***)');
    expect(told?.message).not.toMatch(/XyZ|own/);
  });

  test('that lasts is told at once, with what the receiver said, without secrets', async () => {
    const wrong: Channel = { kind: 'slack', url: `${slack.url}/services/T0/B0/own-token` };
    slack.trouble({ status: 404, body: 'no_service for own-token\u001b[2J' });
    const [told] = await tell(good, { to: only(wrong) });
    expect(told).toMatchObject({
      state: 'failed',
      attempts: 1,
      status: 404,
      message: 'it was answered with 404: no_service for ***^[[2J',
    });
  });

  test('of a redirect is not followed: a secret stays where it was meant for', async () => {
    hook.trouble({ status: 307, body: '', headers: { location: `${slack.url}/elsewhere` } });
    const [told] = await tell(good, { to: only(channels()[3]) });
    expect(told).toMatchObject({ state: 'failed', status: 307 });
    expect(slack.received).toEqual([]);
  });

  test('of one leaves the others alone, and all of it ends in time', async () => {
    const nobody: Channel = { kind: 'slack', url: 'http://127.0.0.1:1/services/x' };
    const startedMs = performance.now();
    const told = await tell(good, {
      to: [notification(nobody), notification(channels()[3] ?? nobody)],
      withinMs: 3000,
    });
    expect(performance.now() - startedMs).toBeLessThan(3500);
    expect(told).toMatchObject([{ state: 'failed', status: null }, { state: 'sent' }]);
    expect(told[0]?.message).toContain('refused');
  });

  test('is what is not set told as that, when there was something to tell', async () => {
    const unset = { ...notification({ kind: 'slack', url: '' }), channel: null, missing: ['SLACK_WEBHOOK'] };
    expect(await tell(broken, { to: [unset] })).toMatchObject([
      { state: 'not-configured', message: 'not set: SLACK_WEBHOOK' },
    ]);
    expect(await tell(good, { to: [{ ...unset, on: 'failure' }] })).toMatchObject([{ state: 'not-due' }]);
  });
});
