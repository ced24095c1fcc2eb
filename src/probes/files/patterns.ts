import { compilePattern, type Pattern } from '../../matchers/pattern.ts';
import { printable } from '../engine/printable.ts';
import { CouldNotLook } from '../probe.ts';
import type { Flaws } from './flaws.ts';
import { listOf } from './list-of.ts';
import type { Rule } from './rule.ts';
import type { Spec } from './schema.ts';
import { makeFinder } from './sensitive.ts';
import { quotePath } from './trouble.ts';

/** What the rules need of the look that they are part of. */
export type Surroundings = {
  readonly tellAllowed: (count: number) => void;
  /** Takes the secrets that the configuration declares out of a text. */
  readonly redact: (text: string) => string;
};

type Named = { readonly written: string; readonly pattern: Pattern };

const compiled = (written: Spec['must-contain'], redact: Surroundings['redact']): readonly Named[] =>
  listOf(written).map((text) => {
    const pattern = compilePattern(text);
    // Refused when the file is loaded; without it less would be looked for than was asked.
    if (typeof pattern === 'string') throw new Error(`a pattern cannot be used: ${pattern}`);
    // Secrets go first: a cut could leave the half of one.
    return { written: `/${printable(redact(text), 80)}/`, pattern };
  });

const mustContain =
  (patterns: readonly Named[], flaws: Flaws): Rule =>
  (path) => {
    const missing = new Set(patterns);
    return {
      line: ({ text }) => {
        for (const one of missing) if (one.pattern.test(text())) missing.delete(one);
      },
      end: () => {
        for (const { written } of missing) {
          flaws.add({ about: 'missing-patterns', path, what: `holds no line with ${written}` });
        }
      },
    };
  };

const mustNotContain =
  (patterns: readonly Named[], flaws: Flaws): Rule =>
  (path) => ({
    line: ({ text, number }) => {
      for (const { written, pattern } of patterns) {
        if (pattern.test(text())) flaws.add({ about: 'forbidden', path, line: number, what: `holds ${written}` });
      }
    },
    end: () => {},
  });

const forbid = (spec: Spec, flaws: Flaws, { tellAllowed, redact }: Surroundings): Rule => {
  const kinds = listOf(spec.forbid);
  const allowed = compiled(spec.allow, redact);
  const find = makeFinder(kinds, (text) => allowed.some(({ pattern }) => pattern.test(text)));
  const isDeclared = (text: string): boolean => kinds.includes('secrets') && redact(text) !== text;
  return (path) => ({
    line: ({ text, number }) => {
      const found = find(text());
      if (found.allowed > 0) tellAllowed(found.allowed);
      const told = [
        ...(isDeclared(text()) ? ['holds a secret that this configuration declares'] : []),
        ...found.what.map((what) => `holds what looks like ${what}`),
      ];
      for (const what of told) flaws.add({ about: 'forbidden', path, line: number, what });
    },
    end: () => {},
  });
};

/** Patterns are held against text, which a packed file does not show. */
const unpacked: Rule = (path, { packed }) => {
  if (packed === null) return { line: () => {}, end: () => {} };
  const message = `${quotePath(path)} is packed (${packed}), so its text cannot be seen: exclude it, or look at the text`;
  throw new CouldNotLook('probe-crashed', message);
};

/** The rules of a spec that hold patterns against lines; empty when there is none. */
export const patternRules = (spec: Spec, flaws: Flaws, surroundings: Surroundings): readonly Rule[] => {
  const must = compiled(spec['must-contain'], surroundings.redact);
  const mustNot = compiled(spec['must-not-contain'], surroundings.redact);
  const rules = [
    ...(must.length > 0 ? [mustContain(must, flaws)] : []),
    ...(mustNot.length > 0 ? [mustNotContain(mustNot, flaws)] : []),
    ...(spec.forbid === undefined ? [] : [forbid(spec, flaws, surroundings)]),
  ];
  return rules.length > 0 ? [unpacked, ...rules] : [];
};
