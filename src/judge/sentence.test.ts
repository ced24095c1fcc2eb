import { expect, it } from 'vitest';
import type { CheckResult } from '../model/run.ts';
import { judgeCheck } from './outcome.ts';
import { sentenceOf } from './sentence.ts';
import { waiver } from './test-manual.ts';
import { FLAKY, plannedCheck, recordOf, runRecord } from './test-run.ts';

const base = judgeCheck(plannedCheck('api'), recordOf.pass, runRecord({ checks: [], gates: [] }));
const flaky = judgeCheck(plannedCheck('api'), FLAKY, runRecord({ checks: [], gates: [] }));
const waived = { ...waiver('api'), state: 'in-force' } as const;

it.each<[Partial<CheckResult>, string]>([
  [{}, 'api passes'],
  [{ outcome: 'warn', message: 'it is slow' }, 'api warns: it is slow'],
  [{ outcome: 'fail', message: 'it is down' }, 'api fails: it is down'],
  [{ outcome: 'unknown', message: 'nobody looked' }, 'api is unknown: nobody looked'],
  [{ outcome: 'skipped', message: 'no token' }, 'api was skipped: no token'],
  [{ outcome: 'skipped', message: '' }, 'api was skipped'],
  [{ outcome: 'blocked', causedBy: 'db', message: 'db is not good' }, 'api is blocked by db'],
  [{ outcome: 'blocked', causedBy: null, message: 'db is not good' }, 'api is blocked: db is not good'],
  [{ outcome: 'fail', causedBy: 'db', message: 'it is down' }, 'api fails: it is down'],
  [
    { outcome: 'fail', waiver: waived, message: 'it is down' },
    'api fails and is waived until 2026-12-15 (moved next week; approved by cto): it is down',
  ],
  [{ flaky: true, attempts: flaky.attempts }, 'api passed only after a failed attempt (3 attempts)'],
  [
    { flaky: true, outcome: 'warn', attempts: flaky.attempts, message: 'it is slow' },
    'api passed only after a failed attempt (3 attempts)',
  ],
  [{ flaky: true, outcome: 'fail', message: 'it is down' }, 'api fails: it is down'],
])('%o is told in one sentence: %s', (given, sentence) => {
  expect(sentenceOf('api', { ...base, ...given })).toBe(sentence);
});

it('what was left out is named too', () => {
  expect(sentenceOf('api', undefined)).toBe('api is not part of this run');
});
