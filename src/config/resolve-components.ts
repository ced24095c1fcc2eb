import type { Json } from '../model/json.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import { REASON_CODES } from '../model/reason-code.ts';
import type { Component, Owner, RunbookReference, RunbookRules } from './config.ts';
import type { Declaration } from './declarations.ts';
import type { Finding } from './finding.ts';
import { referenceAt, unknownNames } from './references.ts';
import { positionOf } from './source-file.ts';
import { textAt, textsAt } from './written.ts';
import type { Path } from './yaml/places.ts';

export const resolveOwner = (id: string, value: Json): Owner => ({
  id,
  contact: textAt(value, ['contact']),
  escalation: textsAt(value, ['escalation']).map(({ text }) => text),
});

export const resolveComponent = (declaration: Declaration, value: Json): Component => ({
  id: declaration.id,
  title: textAt(value, ['title']) ?? declaration.id,
  owner: textAt(value, ['owner']),
  runbook: resolveRunbook(declaration, value),
});

/** A component's owner must be declared. */
export const componentFindings = (
  { file, path }: Declaration,
  value: Json,
  owners: ReadonlyMap<string, unknown>,
): readonly Finding[] => unknownNames(referenceAt(value, path, 'owner'), 'owner', owners, file);

/** A text is the section for any reason; a mapping names sections by reason code beside the default. */
const resolveRunbook = (declaration: Declaration, value: Json): RunbookRules => {
  const read = (...path: Path): RunbookReference | null => {
    const reference = textAt(value, path);
    if (reference === null) return null;
    return { reference, source: positionOf(declaration.file, [...declaration.path, ...path], 'value') };
  };
  const byCode = REASON_CODES.flatMap((code): (readonly [ReasonCode, RunbookReference])[] => {
    const reference = read('runbook', code);
    return reference === null ? [] : [[code, reference]];
  });
  return { byCode: new Map(byCode), default: read('runbook') ?? read('runbook', 'default') };
};
