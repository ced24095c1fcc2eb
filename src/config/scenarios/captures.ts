import { compilePattern } from '../../matchers/pattern.ts';
import type { Json } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import type { Capture } from '../config.ts';
import { findFact } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { findingAt } from '../finding.ts';
import type { Kind } from '../kinds.ts';
import type { SourceFile } from '../source-file.ts';
import { positionOf } from '../source-file.ts';
import { mapAt } from '../written.ts';
import type { Path } from '../yaml/places.ts';
import type { Rename } from './fragment-scope.ts';

export type Captures = { readonly captures: readonly Capture[]; readonly findings: readonly Finding[] };

const SOURCES = ['json', 'header', 'cookie', 'body', 'fact'] as const;

/**
 * Reads `capture:` of a step: a name, and where its value comes from. A text is a JSONPath or the name of a fact.
 * `rename` gives the name that it has in the whole scenario.
 */
export const readCaptures = (step: Json, kind: Kind, rename: Rename, file: SourceFile, path: Path): Captures => {
  const captures: Capture[] = [];
  const findings: Finding[] = [];
  for (const [name, written] of Object.entries(mapAt(step, ['capture']))) {
    const at = [...path, 'capture', name];
    const refuse = (message: string, hint: Finding['hint'] = null): void => {
      findings.push(findingAt(file, at, 'value', message, { hint }));
    };
    const from = readFrom(written, kind, refuse);
    const secret = isJsonObject(written) && written['secret'] === true;
    if (from !== null) captures.push({ name: rename(name), from, secret, source: positionOf(file, at, 'key') });
  }
  return { captures, findings };
};

type Refuse = (message: string, hint?: Finding['hint']) => void;

const readFrom = (written: Json, kind: Kind, refuse: Refuse): Capture['from'] | null => {
  if (typeof written === 'string') return fact(written, null, kind, refuse);
  const given = isJsonObject(written) ? SOURCES.filter((source) => written[source] !== undefined) : [];
  const [source, second] = given;
  if (!isJsonObject(written) || source === undefined || second !== undefined) {
    refuse(`a capture has one of ${SOURCES.join(', ')}`, 'for example id: { json: $.id }');
    return null;
  }
  const value = written[source];
  if (typeof value !== 'string' || value === '') {
    refuse(`${source} takes a text`);
    return null;
  }
  if (source === 'header' || source === 'cookie') {
    if (findFact('headers.x', kind.kind, kind.facts).ok) return { kind: source, name: value };
    refuse(`${kind.kind} has no ${source}s to capture from`);
    return null;
  }
  if (source !== 'body') return fact(value, null, kind, refuse);
  const pattern = compilePattern(value);
  if (typeof pattern !== 'string') return fact('body', value, kind, refuse);
  refuse(`the pattern cannot be read: ${pattern}`);
  return null;
};

const fact = (name: string, pattern: string | null, kind: Kind, refuse: Refuse): Capture['from'] | null => {
  const found = findFact(name, kind.kind, kind.facts);
  if (found.ok) return { kind: 'fact', fact: name, pattern };
  refuse(found.message, found.hint);
  return null;
};
