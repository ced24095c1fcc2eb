import { expect, test } from 'vitest';
import type { CheckResult } from '../model/run.ts';
import { keptRun } from './kept-run.ts';
import { runOf } from './test-runs.ts';

const RUN = runOf('r0', 0, { a: { outcome: 'fail', facts: { tls: { fingerprint: 'ab' }, body: 'hello' } } });

const only = (run: typeof RUN): CheckResult => {
  const [check] = run.checks;
  if (check === undefined) throw new Error('there is no check');
  return check;
};

test('of a run is kept what tells how it went, and no answer of a target', () => {
  const kept = keptRun(RUN, 'gonogo.yaml');
  expect(kept).toMatchObject({ id: 'r0', file: 'gonogo.yaml', verdict: 'NO-GO', state: 'finished' });
  expect(kept.checks).toMatchObject([
    { id: 'a', standing: 'bad', reasonCode: 'assertion-failed', causeKey: 'a:assertion-failed' },
  ]);
  expect(kept.checks[0]?.facts).toEqual({ 'tls.fingerprint': 'ab' });
  expect(JSON.stringify(kept)).not.toContain('hello');
});

test('scenarios and manual items are kept beside the checks, a scenario with the facts of its steps', () => {
  const check = only(RUN);
  const step = { ...check, name: 'create', leftOut: false, facts: { address: '192.0.2.1' } };
  const scenario = { ...check, id: 'flow', kind: 'scenario', steps: [step], cleanup: [] };
  const item = { ...check, id: 'signed', kind: 'manual', facts: {}, signOffs: [], choice: null, due: null };
  const { checks } = keptRun({ ...RUN, scenarios: [scenario], manual: [item] }, 'gonogo.yaml');
  expect(checks.map(({ id, kind, facts }) => [id, kind, facts])).toEqual([
    ['a', 'http', { 'tls.fingerprint': 'ab' }],
    ['flow', 'scenario', { 'create.address': '192.0.2.1' }],
    ['signed', 'manual', {}],
  ]);
});

test('a long message is cut', () => {
  const [check] = keptRun({ ...RUN, checks: [{ ...only(RUN), message: 'm'.repeat(9000) }] }, 'f').checks;
  expect(check?.message).toBe(`${'m'.repeat(499)}…`);
});
