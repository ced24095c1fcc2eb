import { expect, test } from 'vitest';
import { plannedCheck } from '../../tests/execute/literals.ts';
import type { Gate } from '../config/config.ts';
import { findStakes } from './stakes.ts';

const gate = (id: string, criteria: Gate['criteria'], needs: readonly string[] = []): Gate => ({
  id,
  title: id,
  criteria,
  needs,
  owner: null,
  deadline: null,
  estimateMs: null,
  flaky: 'warn',
  source: { file: 'gonogo.yaml', line: 1, column: 1 },
});

const must = (id: string) => ({ id, tier: 'must' as const });

const stakeOf = findStakes({
  checks: [
    plannedCheck('dns'),
    plannedCheck('health', { needs: ['dns'] }),
    plannedCheck('tasks', { needs: ['health'] }),
    plannedCheck('alone'),
  ],
  scenarios: [],
  gates: [
    gate('launch', [must('tasks')]),
    gate('party', [], ['launch']),
    gate('other', [must('alone'), { id: 'dns', tier: 'nice' }]),
  ],
});

test('what needs a check, directly or not, and what it needs itself', () => {
  expect(stakeOf('health')).toMatchObject({ neededBy: ['tasks'], needs: ['dns'] });
  expect(stakeOf('dns')).toMatchObject({ neededBy: ['health', 'tasks'], needs: [] });
  expect(stakeOf('tasks').needs).toEqual(['health', 'dns']);
});

test('a gate is held by what its musts need, and so is a gate that needs that gate; a nice holds nothing', () => {
  expect(stakeOf('dns').gates).toEqual(['launch', 'party']);
  expect(stakeOf('alone').gates).toEqual(['other']);
});

test('a check that nobody knows has nothing at stake', () => {
  expect(stakeOf('constructor')).toEqual({ gates: [], neededBy: [], needs: [] });
});
