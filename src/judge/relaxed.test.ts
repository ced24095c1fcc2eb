import { describe, expect, it } from 'vitest';
import type { Gate } from '../config/config.ts';
import { relaxations } from './relaxed.ts';
import { gate } from './test-run.ts';

const asking = (criteria: Gate['criteria'], given: Partial<Gate> = {}): Gate => ({
  ...gate('launch', []),
  criteria,
  ...given,
});
const [must, should] = [
  { id: 'api', tier: 'must' },
  { id: 'api', tier: 'should' },
] as const;
const other = { id: 'other', tier: 'must' } as const;
const told = (then: readonly Gate[], today: readonly Gate[]) => relaxations('launch', then, today);

describe('a gate that asks for less than when the run was made', () => {
  it.each<[what: string, then: Gate, today: Gate, said: string]>([
    ['a criterion is gone', asking([must, other]), asking([other]), 'api is not asked for any more: it was a must'],
    ['a criterion weighs less', asking([must, other]), asking([should, other]), 'api is a should: it was a must'],
    [
      'a flaky pass counts for more',
      asking([must], { flaky: 'fail' }),
      asking([must], { flaky: 'ignore' }),
      'a flaky pass of api counts as ignore: it was fail',
    ],
    [
      'the gate is gone',
      asking([must]),
      { ...asking([must]), id: 'lite' },
      'api is not asked for any more: it was a must',
    ],
  ])('is told: %s', (_what, then, today, said) => {
    expect(told([then], [today])).toEqual([said]);
  });

  it('is told when it needs another one no longer', () => {
    const base = { ...asking([must]), id: 'base' };
    expect(told([base, asking([other], { needs: ['base'] })], [base, asking([other])])).toEqual([
      'api is not asked for any more: it was a must',
    ]);
  });
});

describe('of what is asked for twice', () => {
  const both = (base: Gate, launch: Gate): readonly Gate[] => [
    { ...base, id: 'base' },
    { ...launch, needs: ['base'] },
  ];
  const [strict, lax] = [asking([must]), asking([should])];
  const [fails, warns] = [asking([must], { flaky: 'fail' }), asking([must], { flaky: 'warn' })];

  it.each([
    ['the gate itself', both(lax, strict)],
    ['the gate that it needs', both(strict, lax)],
  ])('the stricter counts: %s asked for more', (_, then) => {
    expect(told(then, both(lax, lax))).toEqual(['api is a should: it was a must']);
    expect(told(both(lax, lax), then)).toEqual([]);
  });

  it.each([
    ['the gate itself', both(warns, fails)],
    ['the gate that it needs', both(fails, warns)],
  ])('the stricter counts: %s took no flaky pass', (_, then) => {
    expect(told(then, both(warns, warns))).toEqual(['a flaky pass of api counts as warn: it was fail']);
    expect(told(both(warns, warns), then)).toEqual([]);
  });
});

describe('nothing is told', () => {
  it('of what is asked for elsewhere, through a gate that is needed', () => {
    const base = { ...asking([must]), id: 'base' };
    expect(told([asking([must, other])], [base, asking([other], { needs: ['base'] })])).toEqual([]);
  });

  it('of a gate that asks for as much, or for more, or that is new', () => {
    expect(told([asking([should])], [asking([must, other], { flaky: 'fail' })])).toEqual([]);
    expect(told([{ ...asking([must]), id: 'base' }], [asking([other])])).toEqual([]);
  });
});
