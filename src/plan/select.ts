import type { Config, Gate } from '../config/config.ts';
import { sortByNeeds } from '../config/graph.ts';
import type { SelectorIndex } from '../config/selector.ts';
import { indexSelectables, select } from '../config/selector.ts';
import { UsageError } from '../model/fault.ts';
import { closest } from '../model/suggest.ts';

/** What the command line asks to run. Nothing at all means everything. */
export type Selection = {
  /** Ids, ids with `*` and `?`, `tag:EXPR` or `component:ID`; a check that any of them names is selected. */
  readonly selectors: readonly string[];
  /** Only this gate, the gates that it needs, and their checks. */
  readonly gate: string | null;
  /** Exact ids, beside the selectors. */
  readonly only: readonly string[];
};

export type Selected = {
  /** Ids to run, needs included. */
  readonly checks: ReadonlySet<string>;
  readonly gates: readonly Gate[];
  /** Why a check that is not among them is left out. */
  readonly why: string;
};

/** Works out what a selection names. Throws `UsageError` when a part of it names nothing, or all of it selects nothing. */
export const selectChecks = (config: Config, selection: Selection): Selected => {
  const entries = [...config.checks, ...config.scenarios, ...config.manual];
  const index = indexSelectables(entries);
  const gates = selection.gate === null ? config.gates : gateWithNeeds(selection.gate, config.gates);
  const inGates = new Set(gates.flatMap(({ criteria }) => criteria.map(({ id }) => id)));
  const named = namedChecks(selection, index);
  const chosen = entries
    .map(({ id }) => id)
    .filter((id) => (selection.gate === null || inGates.has(id)) && (named === null || named.has(id)));
  if (chosen.length === 0) throw new UsageError('the selection is empty: nothing would be proved', whyEmpty(selection));
  const why = selection.gate !== null && named === null ? `not in the gate "${selection.gate}"` : 'not selected';
  return { checks: withNeeds([...chosen, ...config.controls], config), gates, why };
};

/** Null when nothing is named, which means everything. */
const namedChecks = ({ selectors, only }: Selection, index: SelectorIndex): ReadonlySet<string> | null => {
  if (selectors.length === 0 && only.length === 0) return null;
  return new Set([
    ...selectors.flatMap((selector) => idsOf(selector, index, true)),
    ...only.flatMap((id) => idsOf(id, index, false)),
  ]);
};

const idsOf = (selector: string, index: SelectorIndex, globs: boolean): readonly string[] => {
  const exact = !globs && !index.ids.has(selector) && !index.families.has(selector);
  const selected = exact ? null : select(selector, index, { globs });
  if (selected?.ok === true) return selected.ids;
  if (selected !== null) throw new UsageError(selected.message, selected.hint());
  throw new UsageError(`there is no check "${selector}"`, suggestion(selector, [...index.ids.keys()]));
};

const gateWithNeeds = (id: string, gates: readonly Gate[]): readonly Gate[] => {
  const byId = new Map(gates.map((gate) => [gate.id, gate]));
  if (!byId.has(id)) throw new UsageError(`there is no gate "${id}"`, suggestion(id, [...byId.keys()]));
  const wanted = reach([id], (gate) => byId.get(gate)?.needs ?? []);
  return gates.filter((gate) => wanted.has(gate.id));
};

const withNeeds = (chosen: readonly string[], config: Config): ReadonlySet<string> => {
  const needs = new Map([...config.checks, ...config.scenarios].map(({ id, needs: own }) => [id, own]));
  return reach(chosen, (id) => needs.get(id) ?? []);
};

/** Everything that can be reached from the start, the start included. */
const reach = (start: readonly string[], next: (id: string) => readonly string[]): ReadonlySet<string> => {
  const seen = new Set(start);
  for (const id of seen) for (const other of next(id)) seen.add(other);
  return seen;
};

/** Ids in an order in which every check comes after those that it needs; otherwise as in the file. */
export const inOrderOfNeeds = (ids: ReadonlySet<string>, config: Config): readonly string[] => {
  const needs = new Map([...config.checks, ...config.scenarios].map(({ id, needs: own }) => [id, own]));
  const { order } = sortByNeeds([...needs.keys()], (id) => needs.get(id) ?? []);
  return order.filter((id) => ids.has(id));
};

const suggestion = (name: string, known: readonly string[]): string => {
  const near = closest(name, known);
  return near === null ? `there are ${known.slice(0, 20).join(', ')}` : `did you mean "${near}"?`;
};

const whyEmpty = ({ gate, selectors, only }: Selection): string | null =>
  gate === null ? null : `none of ${[...selectors, ...only].join(', ')} is in the gate "${gate}"`;
