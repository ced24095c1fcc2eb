import { closest } from '../../model/suggest.ts';
import type { SpecProblem } from '../probe.ts';

/** What is wrong with a written value, gathered while it is read. Paths start at the value. */
export type Problems = SpecProblem[];

/** A mapping as it was written: what stands in it is not known yet. */
export type Written = { readonly [key: string]: unknown };

export const isMapping = (value: unknown): value is Written =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Runs a reader of what stands under a key: its problems get the key in front. */
export const under = <T>(key: string | number, problems: Problems, read: (problems: Problems) => T): T => {
  const found: Problems = [];
  const result = read(found);
  problems.push(...found.map((one) => ({ ...one, path: [key, ...one.path] })));
  return result;
};

/** A text that is not empty under a key; null when there is none, which is a problem only when something else is there. */
export const textUnder = (written: Written, key: string, problems: Problems): string | null => {
  const value = written[key];
  if (value === undefined) return null;
  if (typeof value === 'string' && value !== '') return value;
  problems.push({ path: [key], message: 'is not a text' });
  return null;
};

/** Refuses keys that nobody reads: one that is spelled wrong would do nothing. */
export const refuseUnknown = (written: Written, known: readonly string[], problems: Problems): void => {
  for (const key of Object.keys(written)) {
    if (known.includes(key)) continue;
    const suggestion = closest(key, known);
    const hint = suggestion === null ? `the keys are ${known.join(', ')}` : `did you mean "${suggestion}"?`;
    problems.push({ path: [key], message: `is not known here: ${hint}` });
  }
};
