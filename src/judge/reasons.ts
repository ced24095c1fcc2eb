import type { CheckResult, GateResult, Run } from '../model/run.ts';
import { sentenceOf } from './sentence.ts';

/** Why the verdict is what it is, worst first, one sentence each; every criterion once, by its worst effect. */
export const findReasons = (
  gates: readonly GateResult[],
  checks: ReadonlyMap<string, CheckResult>,
  halted: string | null,
): Run['reasons'] => {
  const told = new Set<string>();
  const tell = (effect: GateResult['criteria'][number]['effect']): readonly string[] =>
    gates.flatMap(({ criteria }) =>
      criteria.flatMap(({ id, effect: its }) => {
        if (its !== effect || told.has(id)) return [];
        told.add(id);
        return [sentenceOf(id, checks.get(id))];
      }),
    );
  const wrong = tell('NO-GO');
  const unproved = [...(halted === null ? [] : [halted]), ...withoutMusts(gates), ...tell('HOLD'), ...unjudged(gates)];
  const reasons = [...wrong, ...unproved, ...tell('condition')];
  return reasons.length > 0 ? reasons : gates.map(everyMustPassed);
};

const mustsOf = (gate: GateResult) => gate.coverage.find(({ tier }) => tier === 'must');

const withoutMusts = (gates: readonly GateResult[]): readonly string[] =>
  gates.length === 0
    ? ['there is no gate, so nothing was proved']
    : gates
        .filter((gate) => (mustsOf(gate)?.total ?? 0) === 0)
        .map(({ id }) => `the gate ${id} has no must criterion, so it proves nothing`);

const unjudged = (gates: readonly GateResult[]): readonly string[] => {
  const known = new Set(gates.map(({ id }) => id));
  const absent = new Set(gates.flatMap(({ needs }) => needs).filter((id) => !known.has(id)));
  return [...absent].map((id) => `the gate ${id}, which another one needs, is not part of this run`);
};

const everyMustPassed = (gate: GateResult): string =>
  `every must criterion of the gate ${gate.id} passed (${mustsOf(gate)?.passed ?? 0})`;
