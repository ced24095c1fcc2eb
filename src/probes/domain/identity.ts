import { isJsonObject, type Json } from '../../model/json.ts';
import type { Answer } from '../engine/answer.ts';
import { headerValues } from '../engine/parse-head.ts';
import { printable } from '../engine/printable.ts';
import { readText } from '../http/body-text.ts';
import { withoutEntities } from '../http/html/entities.ts';
import { readJson } from '../http/json-text.ts';
import type { Spec } from './schema.ts';

const TITLE_WITHIN = 256 * 1024;

const texts = new WeakMap<Answer, string | null>();

/** The body as text, decoded once; null when it does not decode. */
export const textOf = (answer: Answer): string | null => {
  const known = texts.get(answer);
  if (known !== undefined) return known;
  const read = readText(answer.body, headerValues(answer.headers, 'content-type')[0] ?? '');
  const text = read.ok ? read.text : null;
  texts.set(answer, text);
  return text;
};

/** The title of a page, white space folded; null when there is none in its first 256 KiB. */
export const pageTitle = (answer: Answer): string | null => {
  const head = textOf(answer)?.slice(0, TITLE_WITHIN) ?? '';
  const start = /<title(?:\s[^>]{0,500})?>/i.exec(head);
  if (start === null) return null;
  const rest = head.slice(start.index + start[0].length);
  const end = rest.search(/<\/title/i);
  return end < 0 ? null : withoutEntities(rest.slice(0, end)).replaceAll(/\s+/g, ' ').trim();
};

/** Whether every member that is expected is there, at any depth; lists must be equal item by item. */
const includes = (actual: Json | undefined, expected: unknown): boolean => {
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((item, index) => includes(actual[index], item))
    );
  }
  if (typeof expected !== 'object' || expected === null) return actual === expected;
  return (
    isJsonObject(actual) &&
    Object.entries(expected).every(([key, item]) => Object.hasOwn(actual, key) && includes(actual[key], item))
  );
};

const quoted = (text: string): string => JSON.stringify(printable(text, 120));

const titleMismatch = (answer: Answer, expected: string): readonly string[] => {
  const title = pageTitle(answer);
  if (title === expected) return [];
  return [
    title === null
      ? `it has no title, expected ${quoted(expected)}`
      : `its title is ${quoted(title)}, not ${quoted(expected)}`,
  ];
};

const headerMismatches = (answer: Answer, expected: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(expected).flatMap(([name, value]) => {
    const values = headerValues(answer.headers, name.toLowerCase());
    if (values.join(', ') === value) return [];
    return [
      values.length === 0
        ? `it has no header ${name}, expected ${quoted(value)}`
        : `its header ${name} is ${quoted(values.join(', '))}, not ${quoted(value)}`,
    ];
  });

const jsonMismatch = (answer: Answer, expected: Readonly<Record<string, unknown>>): readonly string[] => {
  const read = readJson(textOf(answer) ?? '');
  if (!read.ok) return [`its body is not JSON: ${read.problem}`];
  const wrong = Object.keys(expected).filter((key) => !includes(read.value, { [key]: expected[key] }));
  return wrong.length === 0 ? [] : [`its JSON differs in ${wrong.map(quoted).join(', ')}`];
};

/** In what an answer is not the site that is expected, one clause each; empty when it is. */
export const identityMismatches = (answer: Answer, serves: NonNullable<Spec['serves']>): readonly string[] => [
  ...(serves.title === undefined ? [] : titleMismatch(answer, serves.title)),
  ...headerMismatches(answer, serves.header ?? {}),
  ...(serves.body === undefined || (textOf(answer) ?? '').includes(serves.body)
    ? []
    : [`its body does not contain ${quoted(serves.body)}`]),
  ...(serves.json === undefined ? [] : jsonMismatch(answer, serves.json)),
];
