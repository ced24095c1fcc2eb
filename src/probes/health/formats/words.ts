import type { Json } from '../../../model/json.ts';
import type { HealthStatus } from '../reading.ts';

/** What a format takes a status value for; anything that it has no word for is `unknown`. */
export type Words = (value: Json | undefined) => HealthStatus;

const normalise = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_');

/** A reader of status words, case-insensitive, `-`, `_` and blanks alike; a boolean says pass or fail. */
export const words = (table: {
  readonly pass: readonly string[];
  readonly warn: readonly string[];
  readonly fail: readonly string[];
}): Words => {
  const known = new Map<string, HealthStatus>([
    ...table.pass.map((word) => [word, 'pass'] as const),
    ...table.warn.map((word) => [word, 'warn'] as const),
    ...table.fail.map((word) => [word, 'fail'] as const),
  ]);
  return (value) => {
    if (typeof value === 'boolean') return value ? 'pass' : 'fail';
    return typeof value === 'string' ? (known.get(normalise(value)) ?? 'unknown') : 'unknown';
  };
};

const SEVERITY: readonly HealthStatus[] = ['pass', 'warn', 'unknown', 'fail'];

/** The worst of some statuses: fail, unknown, warn, pass. None at all is unknown. */
export const worst = (statuses: readonly HealthStatus[]): HealthStatus =>
  statuses.length === 0
    ? 'unknown'
    : statuses.reduce((a, b) => (SEVERITY.indexOf(b) > SEVERITY.indexOf(a) ? b : a), 'pass');

const MAX_SHOWN = 200;

/** Text from a target, bounded for facts and messages. */
export const clip = (text: string): string =>
  text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1).toWellFormed()}…` : text;

/** A status value as written, bounded. */
export const shown = (value: Json): string => {
  if (typeof value === 'string') return clip(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return String(value);
};
