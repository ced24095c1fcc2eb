import { expect, test } from 'vitest';
import { blocked, passed } from '../../../tests/golden/reports/build.ts';
import type { Blocker } from '../../model/run.ts';
import type { Cause } from '../view/findings.ts';
import { foldCauses } from './fold.ts';

const cause = (id: string, verdict: Blocker['verdict'] = 'NO-GO', same: readonly string[] = []): Cause => {
  const check = passed(id, 1, { outcome: 'fail', reasonCode: 'http-5xx', layer: 'http' });
  return { blocker: blocked(check, { verdict, same }), check };
};

const NEEDS: { readonly [check: string]: readonly string[] } = {
  health: ['dns'],
  tasks: ['health', 'dns'],
  twin: [],
  waits: ['twin'],
};

const folded = (...causes: readonly Cause[]): readonly string[] =>
  foldCauses(causes, (check) => ({ gates: [], neededBy: [], needs: NEEDS[check] ?? [] })).map(({ cause: root, also }) =>
    [root, ...also].map(({ blocker }) => blocker.cause.check).join(' < '),
  );

test('what needs a bad check is told under it, however far up that is', () => {
  expect(folded(cause('tasks'), cause('dns'), cause('health'), cause('other'))).toEqual([
    'dns < tasks < health',
    'other',
  ]);
});

test('what needs a check that broke for the same reason as the cause is told under the cause', () => {
  expect(folded(cause('other', 'NO-GO', ['twin']), cause('waits'))).toEqual(['other < waits']);
});

test('nothing that was seen to be wrong hides under what nobody could see', () => {
  expect(folded(cause('dns', 'HOLD'), cause('health'))).toEqual(['dns', 'health']);
  expect(folded(cause('dns', 'HOLD'), cause('health', 'HOLD'))).toEqual(['dns < health']);
});
