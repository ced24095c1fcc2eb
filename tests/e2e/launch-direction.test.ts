import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../src/model/run.ts';
import { startStack, type StackState } from '../stack/stack.ts';
import { gonogo, ROOT, type Ended } from './gonogo.ts';

/** The flagship: one readiness file over real systems, broken and then healed. */
const schema: object = JSON.parse(readFileSync(join(ROOT, 'schema', 'run.schema.json'), 'utf8'));

const HOUR_MS = 3_600_000;

type Act = { readonly ended: Ended; readonly run: Run; readonly html: string; readonly markdown: string };

let stack: Awaited<ReturnType<typeof startStack>>;
let folder: string;
const acts = new Map<StackState, Act>();

const act = async (state: StackState): Promise<Act> => {
  stack.setState(state);
  const out = join(folder, state);
  const ended = await gonogo(['run', '--no-history', '-c', 'checks/launch-direction.yaml', '--out', out], {
    variables: stack.environment,
  });
  const run: Run = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
  return {
    ended,
    run,
    html: readFileSync(join(out, 'report.html'), 'utf8'),
    markdown: readFileSync(join(out, 'report.md'), 'utf8'),
  };
};

const of = (state: StackState): Act => {
  const found = acts.get(state);
  if (found === undefined) throw new Error(`no act ${state}`);
  return found;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-launch-'));
  stack = await startStack('broken');
  acts.set('broken', await act('broken'));
  acts.set('healed', await act('healed'));
}, 60_000);

afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('broken', () => {
  test('is NO-GO with exit code 1', () => {
    expect(of('broken').run.verdict).toBe('NO-GO');
    expect(of('broken').ended.exit).toBe(1);
  });

  test('has exactly these blockers, each with its layer, owner and runbook section', () => {
    const blockers = of('broken').run.blockers.map(({ cause, owner, runbook }) => [
      cause.check,
      cause.reasonCode,
      cause.layer,
      owner?.id,
      `${runbook?.file}#${runbook?.anchor}`,
    ]);
    expect(blockers.toSorted()).toEqual([
      ['dashboard-health', 'http-5xx', 'http', 'platform', 'docs/runbooks/operations.md#dashboard-answers-5xx'],
      ['decision-table', 'table-missing', 'schema', 'data', 'docs/runbooks/launch-data.md#a-table-is-missing'],
      ['domain-conductor', 'wrong-site', 'content', 'web', 'docs/runbooks/domains.md#wrong-site'],
      ['domain-docs', 'dns-nxdomain', 'dns', 'web', 'docs/runbooks/domains.md#a-name-does-not-resolve'],
      ['domain-echome', 'redirect-loop', 'redirect', 'web', 'docs/runbooks/domains.md#redirect-loop'],
      ['evidence[designer]', 'file-missing', 'content', 'launch', 'docs/runbooks/launch-data.md#evidence-is-missing'],
      ['evidence[support]', 'file-invalid', 'content', 'launch', 'docs/runbooks/launch-data.md#evidence-is-missing'],
      ['support-index', 'index-missing', 'content', 'support-ai', 'docs/runbooks/support-index.md#no-index-was-built'],
    ]);
    for (const { runbook, next } of of('broken').run.blockers) {
      expect(runbook?.steps.length).toBeGreaterThan(1);
      expect(next).toBe(runbook?.steps[0]);
    }
  });

  test('names what each blocker holds up', () => {
    const dashboard = of('broken').run.blockers.find(({ cause }) => cause.check === 'dashboard-health');
    expect(dashboard?.affects).toEqual({ checks: ['dashboard-tasks'], gates: ['launch'] });
    expect(of('broken').run.checks.find(({ id }) => id === 'dashboard-tasks')?.outcome).toBe('blocked');
  });

  test('names the contradiction between the health claim and the tool', () => {
    expect(of('broken').run.contradictions.slice(0, 1)).toMatchObject([
      { component: 'support', claim: { check: 'support-health' }, evidence: { check: 'support-index' } },
    ]);
  });

  test('shows the loop as a cycle with its kind, in the console, in Markdown and in HTML', () => {
    const { ended, markdown, html } = of('broken');
    for (const text of [ended.stdout, markdown, html]) expect(text).toContain('loop of 2: scheme ping-pong');
    expect(ended.stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /https:\/\/echome\.example:\d+\/ --308--> http:\/\/echome\.example:\d+\/ --308--> https:\/\/echome\.example:\d+\/ \(loop of 2: scheme ping-pong\)/,
    );
  });

  test('has the most urgent first, each with the deadline that comes first', () => {
    expect(
      of('broken').run.blockers.map(({ cause, priority, deadline }) => `${cause.check} ${priority} ${deadline}`),
    ).toEqual([
      'dashboard-health P0 2026-12-01',
      'support-index P0 2026-11-25',
      'decision-table P1 2026-11-27',
      'evidence[support] P2 2026-12-01',
      'evidence[designer] P2 2026-12-01',
      'domain-conductor null 2026-12-01',
      'domain-echome null 2026-12-01',
      'domain-docs null 2026-12-01',
    ]);
  });

  test('holds each tier to what it asks: the old table is a condition, the stores of Langfuse are notes', () => {
    const launch = of('broken').run.gates.find(({ id }) => id === 'launch');
    expect(launch?.conditions).toEqual(['old-decision-table fails: $[0].fresh: number 3 is not 0']);
    expect(launch?.notes.map((note) => note.split(' ')[0])).toEqual(['langfuse-clickhouse', 'langfuse-redis']);
  });

  test('says which repairs make it GO: the old table too, and nothing of Langfuse', () => {
    const { checks = [], verdict } = of('broken').run.repair ?? {};
    expect(verdict).toBe('GO');
    expect(checks.toSorted()).toEqual([
      ...['dashboard-health', 'decision-table', 'domain-conductor', 'domain-docs', 'domain-echome'],
      ...['evidence[designer]', 'evidence[support]', 'old-decision-table', 'support-index'],
    ]);
  });

  test('has the critical path through the dashboard, and believes no claim about the index', () => {
    const { work, contradictions } = of('broken').run;
    expect(work?.items.map(({ id, state }) => `${id} ${state}`)).toEqual([
      ...['dashboard ready', 'index ready', 'rehearsal blocked', 'decision-log ready', 'evidence-files ready'],
      ...['sites ready', 'tracing ready'],
    ]);
    expect(work?.criticalPath).toMatchObject({ ids: ['dashboard', 'rehearsal'], totalMs: 28 * HOUR_MS });
    expect(work?.startable).toEqual(['dashboard', 'index', 'decision-log', 'evidence-files', 'sites', 'tracing']);
    expect(work?.withoutIds).toEqual(['tracing']);
    expect(contradictions.map(({ claim, evidence }) => [claim.check, evidence.check])).toEqual([
      ['support-health', 'support-index'],
      ['index', 'support-index'],
    ]);
  });
});

describe('healed', () => {
  test('is GO with exit code 0, nothing left out, and valid until the certificate expires', () => {
    const { run, ended } = of('healed');
    expect(ended.stdout).toContain('GO');
    expect({ verdict: run.verdict, exit: ended.exit }).toEqual({ verdict: 'GO', exit: 0 });
    expect(run.checks.map(({ outcome }) => outcome)).toEqual(run.checks.map(() => 'pass'));
    expect(run.blockers).toEqual([]);
    expect(run.contradictions).toEqual([]);
    expect(run.notChecked).toEqual([]);
    expect(run.repair).toBeNull();
    expect(run.work?.items.map(({ state }) => state)).toEqual(run.work?.items.map(() => 'done'));
    expect(run.work?.criticalPath.ids).toEqual([]);
    expect(Date.parse(run.validUntil ?? '')).toBeGreaterThan(Date.now());
  });
});

test.each([
  ['README.md', 3],
  ['docs/guide.md', 2],
])('%s shows what the demo prints', (document, least) => {
  // Deadlines of the demo may be over on the day of the test.
  const steady = (text: string): string =>
    text
      .replaceAll(/^ *= escalate .*\n/gm, '')
      .replaceAll(/overdue since (?=\d{4})/g, 'due ')
      .replaceAll(': too little time', '')
      .replaceAll(/[\d.]+ m?s\b/g, '<duration>')
      .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, '<time>')
      .replaceAll(/:\d{4,5}/g, ':<port>')
      .replaceAll(/\S*gonogo-stack-\w+/g, '<folder>')
      .replaceAll(/\s+/g, ' ');
  const text = readFileSync(join(ROOT, document), 'utf8');
  const shown = /<!-- demo:begin -->\s+```text\n(.*?)\n```/s.exec(text)?.[1] ?? '';
  const blocks = shown.split('\n\n');
  expect(blocks.length).toBeGreaterThanOrEqual(least);
  for (const block of blocks) expect(steady(of('broken').ended.stdout)).toContain(steady(block));
});

/** How much time is left until the launch is less each time that it is asked. */
const withoutTimeLeft = (run: Run): Run =>
  run.work === null ? run : { ...run, work: { ...run.work, criticalPath: { ...run.work.criticalPath, leftMs: null } } };

describe.each(['broken', 'healed'] as const)('run.json of %s', (state) => {
  test('is valid against its published schema', () => {
    const validate = new Ajv({ allErrors: true }).compile(schema);
    validate(of(state).run);
    expect(validate.errors).toBeNull();
  });

  test('is what judging the journal again gives', async () => {
    const { ended, run } = of(state);
    const again = await gonogo(['judge', join(folder, state), '--report', 'json']);
    expect(again.exit).toBe(ended.exit);
    const judged: Run = JSON.parse(again.stdout);
    expect(withoutTimeLeft(judged)).toEqual(withoutTimeLeft(run));
  });
});
