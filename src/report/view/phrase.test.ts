import { expect, test } from 'vitest';
import { blocked, gate, passed } from '../../../tests/golden/reports/build.ts';
import type { Blocker } from '../../model/run.ts';
import { escalateText, gateTimeText, urgencyText } from './phrase.ts';

const owner = { id: 'shop', contact: '#shop', escalation: ['shop on call', 'head of shop'] };
const blocker = (given: Partial<Blocker>): Blocker => blocked(passed('api', 1), { owner, deadline: null, ...given });
const since = '2026-11-20T22:10:00Z';
const dueAt = '2026-11-21T02:10:00.000Z';

test.each<[told: string, given: Partial<Blocker>]>([
  ['P0', { priority: 'P0' }],
  ['due 2026-12-01', { priority: null, deadline: '2026-12-01', deadlineState: 'ahead' }],
  ['overdue since 2026-11-20', { priority: null, deadline: '2026-11-20', deadlineState: 'over' }],
  [
    'P0, open since 2026-11-20 22:10:00 UTC, service level until 2026-11-21 02:10:00 UTC',
    { priority: 'P0', since, dueAt },
  ],
  [
    'P0, open since 2026-11-20 22:10:00 UTC, service level OVER since 2026-11-21 02:10:00 UTC',
    { priority: 'P0', since, dueAt, overdue: true },
  ],
])('the urgency of a blocker: %s', (told, given) => {
  expect(urgencyText(blocker(given))).toBe(told);
});

test('people are called once a service level or a deadline is over, and not before', () => {
  const called = 'shop on call, head of shop';
  expect(escalateText(blocker({ since, dueAt }))).toBe('');
  expect(escalateText(blocker({ deadline: '2026-12-01', deadlineState: 'ahead' }))).toBe('');
  expect(escalateText(blocker({ since, dueAt, overdue: true }))).toBe(called);
  expect(escalateText(blocker({ deadline: '2026-11-20', deadlineState: 'over' }))).toBe(called);
  expect(escalateText(blocker({ overdue: true, owner: null }))).toBe('');
});

test('a gate tells who decides, how long it takes while it is not open, and until when', () => {
  const given = { owner: 'shop', deadline: '2026-12-01', estimateMs: 3 * 86_400_000 };
  expect(gateTimeText(gate('a', { ...given, deadlineState: 'short' }))).toBe(
    'shop, takes 3 d, due 2026-12-01: too little time',
  );
  expect(gateTimeText(gate('a', { ...given, deadlineState: 'over' }))).toBe(
    'shop, takes 3 d, overdue since 2026-12-01',
  );
  expect(gateTimeText(gate('a', { ...given, deadlineState: null }))).toBe('shop, due 2026-12-01');
  expect(gateTimeText(gate('a'))).toBe('');
});
