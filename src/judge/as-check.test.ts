import { expect, it } from 'vitest';
import type { RecordedCheck } from '../plan/plan.ts';
import { manualAsCheck } from './manual.ts';
import { asCheck } from './scenarios.ts';
import { manualItem } from './test-manual.ts';
import { plannedCheck } from './test-run.ts';

/** What nobody looks at by itself has none of what a look needs. */
const WITHOUT_A_LOOK: Partial<RecordedCheck> = {
  host: null,
  layers: [],
  expectations: [],
  retry: { attempts: 1, delayMs: 0 },
  eventually: null,
  samples: 1,
  heavy: false,
  executes: false,
  changes: false,
};

it('a scenario is a check without a look of its own', () => {
  const { kind: _, target: __, host: ___, ...own } = plannedCheck('flow', { needs: ['db'], mutex: 'board' });
  const step = (name: string) => ({ name, keepGoing: false, check: plannedCheck(`flow/${name}`) });
  const flow = (names: readonly string[], withinMs: number | null = null) =>
    asCheck({ ...own, withinMs, steps: names.map(step), cleanup: [step('tidy')] });
  expect(flow(['a', 'b'], 5000)).toEqual({
    ...plannedCheck('flow', { needs: ['db'], mutex: 'board' }),
    ...WITHOUT_A_LOOK,
    kind: 'scenario',
    target: '2 steps',
    tryCommand: null,
    timeoutMs: 5000,
  });
  expect(flow(['a'])).toMatchObject({ target: '1 step', timeoutMs: 0 });
  expect(flow([]).target).toBe('0 steps');
});

it('a manual item is a check that nobody has to run', () => {
  const given = { component: 'web', tags: ['legal'], priority: 'P1', deadline: '2026-12-01' } as const;
  expect(manualAsCheck(manualItem('token', given))).toEqual({
    ...plannedCheck('token', given),
    ...WITHOUT_A_LOOK,
    title: 'The item token',
    owner: 'platform',
    source: { file: 'gonogo.yaml', line: 3, column: 1 },
    kind: 'manual',
    target: 'a sign-off',
    tryCommand: ['gonogo', 'sign', 'token', '--by', 'NAME'],
    timeoutMs: 0,
  });
  const decision = { options: ['aws', 'hetzner'], authority: [], due: null };
  expect(manualAsCheck(manualItem('cloud', { decision, needsEvidence: true }))).toMatchObject({
    target: 'a decision',
    tryCommand: ['gonogo', 'sign', 'cloud', '--by', 'NAME', '--choose', 'OPTION', '--evidence', 'FILE'],
  });
});
