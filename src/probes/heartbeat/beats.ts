import { selectJson } from '../../matchers/json-path.ts';
import { showTyped } from '../../matchers/show.ts';
import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import { CouldNotLook } from '../probe.ts';
import { beatTime } from './beat-time.ts';

/** Beats that were seen, as milliseconds since 1970; at least one. */
export type Beats = readonly [number, ...number[]];

const refuse = (code: ReasonCode, message: string, facts: Facts): never => {
  throw new CouldNotLook(code, message, facts);
};

const timeAt = (value: Json, path: string, facts: Facts): number =>
  beatTime(value) ??
  refuse(
    'type-mismatch',
    `${path} selects ${showTyped(value)}, which is not a time: expected ISO 8601 with time and offset, an HTTP date or an epoch number`,
    facts,
  );

/**
 * The times that a JSONPath selects in a document. Throws `CouldNotLook` when it selects nothing, or anything that is
 * not a time: one broken entry may be the newest.
 */
export const beatsIn = (document: Json, path: string, facts: Facts): Beats => {
  const selection = selectJson(path, document);
  if (selection.state === 'unusable') return refuse('type-mismatch', selection.message, facts);
  const found = selection.state === 'missing' ? [] : selection.state === 'value' ? [selection.value] : selection.value;
  const [first, ...rest] = found.map((value) => timeAt(value, path, facts));
  return first === undefined
    ? refuse('value-missing', `${path} selects nothing: there is no beat`, facts)
    : [first, ...rest];
};
