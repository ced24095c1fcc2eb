import { parseInstant } from '../../matchers/instant.ts';
import type { Json } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import { dateFindings, durationAt, tooLong } from '../check-rules.ts';
import type { Check } from '../config.ts';
import type { Declaration } from '../declarations.ts';
import type { Finding } from '../finding.ts';
import { findingAt } from '../finding.ts';
import type { CheckContext } from '../resolve-check.ts';
import { referenceAt, unknownNames } from '../references.ts';
import { positionOf } from '../source-file.ts';
import { valueAt } from '../value-at.ts';
import { textAt, textsAt } from '../written.ts';
import { authorityFindings, readQuorum, type Quorum } from './quorum.ts';
import type { SignOff } from './sign-offs.ts';
import { canonical, digestOf } from './signed-text.ts';

/** Something that only a person can attest: a sign-off, or a decision between options. */
export type ManualItem = Pick<
  Check,
  'id' | 'title' | 'component' | 'owner' | 'tags' | 'runbook' | 'priority' | 'deadline' | 'source'
> & {
  /** How long a sign-off holds; null for ever. */
  readonly validForMs: number | null;
  /** Who may sign and how many must; null when anybody may and one is enough. */
  readonly quorum: Quorum | null;
  /** Null for a plain sign-off. */
  readonly decision: {
    readonly options: readonly string[];
    /** Only they decide; empty when anybody may. */
    readonly authority: readonly string[];
    /** ISO date or time; null for none. */
    readonly due: string | null;
  } | null;
  /** Whether a sign-off must name a file of evidence. */
  readonly needsEvidence: boolean;
  /** SHA-256 of the definition with its placeholders filled, lower-case hex: a sign-off is bound to what it says. */
  readonly digest: string;
  /** Oldest first, as the file has them. */
  readonly signOffs: readonly SignOff[];
};

type Filled = { readonly declaration: Declaration; readonly value: Json };

export type ResolvedManual = { readonly item: ManualItem; readonly findings: readonly Finding[] };

/** Resolves a manual item with its sign-offs. */
export const resolveManual = (
  { declaration, value }: Filled,
  signOffs: readonly SignOff[],
  context: CheckContext,
): ResolvedManual => {
  const { id, file, path } = declaration;
  const component = textAt(value, ['component']);
  const runbook = textAt(value, ['runbook']);
  const quorum = readQuorum(declaration, value);
  const due = textAt(value, ['decision', 'due']);
  const digest = digestOf(value);
  const findings = [
    ...quorum.findings,
    ...dateFindings(file, path, value),
    ...dueFindings(declaration, due),
    ...tooLong(file, path, value, ['valid-for'], LONGEST_MS),
    ...optionFindings(declaration, value),
    ...authorityFindings(declaration, value, quorum.quorum),
    ...fleetingFindings(declaration),
    ...(context.complete
      ? [
          ...unknownNames(referenceAt(value, path, 'component'), 'component', context.components, file),
          ...unknownNames(referenceAt(value, path, 'owner'), 'owner', context.owners, file),
        ]
      : []),
  ];
  const decision = isJsonObject(valueAt(value, ['decision']) ?? null);
  const item: ManualItem = {
    id,
    title: textAt(value, ['title']) ?? id,
    component,
    owner: textAt(value, ['owner']) ?? context.resolvedComponents.get(component ?? '')?.owner ?? null,
    tags: [...new Set(textsAt(value, ['tags']).map(({ text }) => text))],
    runbook: runbook === null ? null : { reference: runbook, source: positionOf(file, [...path, 'runbook'], 'value') },
    priority: textAt(value, ['priority']),
    deadline: firstOf(textAt(value, ['deadline']), due),
    source: positionOf(file, path, 'key'),
    validForMs: durationAt(value, ['valid-for']),
    quorum: quorum.quorum,
    decision: decision
      ? {
          options: textsAt(value, ['decision', 'options']).map(({ text }) => text),
          authority: textsAt(value, ['decision', 'authority']).map(({ text }) => text),
          due,
        }
      : null,
    needsEvidence: valueAt(value, ['evidence']) === true,
    digest,
    signOffs: signOffs.filter((one) => one.item === id).map((one) => ({ ...one, sameItem: one.definition === digest })),
  };
  return { item, findings };
};

/** Whichever of two dates comes first: a decision is due on its own day, whatever else it has to be ready for. */
const firstOf = (deadline: string | null, due: string | null): string | null => {
  if (deadline === null || due === null) return deadline ?? due;
  return (parseInstant(due) ?? Infinity) < (parseInstant(deadline) ?? Infinity) ? due : deadline;
};

const LONGEST_MS = 3660 * 86_400_000;

const dueFindings = ({ file, path }: Declaration, due: string | null): readonly Finding[] =>
  due !== null && /^\d{4}-\d{2}-\d{2}/.test(due) && parseInstant(due) === null
    ? [findingAt(file, [...path, 'decision', 'due'], 'value', `there is no such day or time as "${due}"`)]
    : [];

const optionFindings = ({ file, path }: Declaration, value: Json): readonly Finding[] => {
  const options = textsAt(value, ['decision', 'options']);
  const twice = options.filter(({ text }, at) => options.findIndex((one) => one.text === text) !== at);
  return twice.map(({ text, path: inner }) =>
    findingAt(file, [...path, ...inner], 'value', `the option "${text}" is there twice`),
  );
};

/** A text that is another one in every run cannot be signed. */
const fleetingFindings = ({ file, path, value }: Declaration): readonly Finding[] =>
  ['${uuid}', '${run.id}']
    .filter((one) => canonical(value).includes(one))
    .map((one) =>
      findingAt(file, path, 'key', `${one} is another one in each run: no sign-off would hold`, {
        hint: 'a sign-off is bound to the wording of its item',
      }),
    );
