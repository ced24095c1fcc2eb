import { parse } from 'yaml';
import { COMMANDS } from '../../src/cli/commands.ts';
import { findFact } from '../../src/config/facts.ts';
import { KINDS } from '../../src/config/kinds.ts';
import { catalogue } from '../../src/judge/catalogue.ts';
import { MATCHERS } from '../../src/matchers/matcher.ts';
import { LAYERS } from '../../src/model/layer.ts';
import { OUTCOMES } from '../../src/model/outcome.ts';
import { REASON_CODES } from '../../src/model/reason-code.ts';
import { closest } from '../../src/model/suggest.ts';
import { REPORT_FORMATS } from '../../src/report/registry.ts';
import { textOf, type Document } from './documents.ts';

/** Every key, and every value that a key may have, of the published schema. */
const schemaWords = (schema: unknown): readonly string[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(schemaWords);
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    if (key === 'enum' && Array.isArray(value)) return value.map(String);
    if (key === 'const') return [String(value)];
    const own = key === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : [];
    return [...own, ...schemaWords(value)];
  });
};

/** The words of the language, out of the code: what a document may name in backticks. */
const languageWords = (): ReadonlySet<string> =>
  new Set<string>([
    ...REASON_CODES,
    ...MATCHERS,
    ...LAYERS,
    ...OUTCOMES,
    ...KINDS.keys(),
    ...[...KINDS.values()].flatMap(({ facts }) => Object.keys(facts)),
    ...schemaWords(JSON.parse(textOf('schema/gonogo.schema.json'))),
    ...Object.keys(COMMANDS),
    ...REPORT_FORMATS,
    ...Object.values(COMMANDS).flatMap(({ options }) => Object.keys(options)),
  ]);

/** Keys and texts of a document's own examples: ids of checks, values that it goes on to talk about. */
const wordsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(wordsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => [key, ...wordsOf(inner)]);
};

const exampleWords = ({ blocks }: Document): ReadonlySet<string> =>
  new Set(blocks.filter(({ language }) => language === 'yaml').flatMap(({ text }) => wordsOf(parse(text))));

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/;

/** `tls.days-left`, when `tls` is a family of facts that some kind has. */
const isDottedFact = (word: string): boolean => {
  const family = /^([a-z-]+)\.[a-z][a-z0-9.-]*$/.exec(word)?.[1];
  if (family === undefined) return false;
  return [...KINDS.values()].some(({ facts }) => Object.keys(facts).some((fact) => fact.startsWith(`${family}.`)));
};

const isFact = (word: string): boolean => [...KINDS.values()].some(({ kind, facts }) => findFact(word, kind, facts).ok);

const suggestion = (word: string, known: ReadonlySet<string>): string => {
  const near = closest(word, [...known]);
  return near === null ? '' : `; did you mean ${near}?`;
};

/**
 * Words in backticks that look like words of the language and are none: reason codes, matchers, facts, keys. Any word
 * with a hyphen does, and any with a dot behind a family of facts.
 */
export const unknownWords = (document: Document): readonly string[] => {
  const known = languageWords();
  const own = exampleWords(document);
  return document.codes
    .map((code) => code.replace(/:$/, ''))
    .filter((word) => !own.has(word))
    .filter((word) => (KEBAB.test(word) ? !known.has(word) : isDottedFact(word) && !isFact(word)))
    .map((word) => `${document.path}: \`${word}\` is no word of the language${suggestion(word, known)}`);
};

/** Reason codes that blocks of output show and that do not exist, or whose outcome is another than is shown. */
export const shownReasonProblems = ({ path, blocks }: Document): readonly string[] =>
  blocks
    .filter(({ language }) => language === 'text')
    .flatMap(({ text }) => [...text.matchAll(/^(NO-GO|HOLD|WARN) {2}\S.*$|^ *= reason +([a-z0-9-]+)/gm)])
    .flatMap(([, verdict, reason], index, all) => {
      if (verdict !== undefined || reason === undefined) return [];
      const code = REASON_CODES.find((known) => known === reason);
      if (code === undefined) return [`${path}: there is no reason code ${reason}`];
      const shown = all[index - 1]?.[1];
      const expected = catalogue[code].outcome === 'fail' ? 'NO-GO' : 'HOLD';
      return shown === 'WARN' || shown === expected ? [] : [`${path}: ${reason} is shown as ${shown}`];
    });
