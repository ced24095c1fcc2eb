import type { Ports } from '../execute/ports.ts';
import { isList } from '../matchers/equality.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import { formsOf, type SecretForm } from './secret-forms.ts';

/** What stands for every secret: always the same, so that it tells neither length nor equality. */
const MASK = '***';

/** Enough of a form to tell that a text deserves a closer look. */
const GLANCE_LENGTH = 16;

type Redact = Ports['redact'];

/**
 * Replaces every secret, by value, in every text of a JSON value, names of keys included, in all its encodings and in
 * any case. What holds no secret is returned as it is. A value that holds one keeps its shape; only a number that spells
 * a secret becomes text.
 */
export const makeRedactor = (secrets: ReadonlyMap<string, string>): Redact => {
  const values = [...secrets.values()].flatMap(withPassword);
  const forms = uniqueForms(values.flatMap(formsOf));
  if (forms.length === 0) return unchanged;
  const glance = new RegExp(unique(forms.map(({ text }) => escaped(text.slice(0, GLANCE_LENGTH)))).join('|'), 'i');
  const numbers = new Set(values);
  const redactText = (text: string): string => (glance.test(text) ? masked(text, forms) : text);

  function redact<T extends Json>(value: T): T;
  function redact(value: Json): Json {
    if (typeof value === 'string') return redactText(value);
    if (typeof value === 'number') return numbers.has(String(value)) ? MASK : value;
    if (isList(value)) {
      const items = value.map((item) => redact(item));
      return items.every((item, index) => item === value[index]) ? value : items;
    }
    if (!isJsonObject(value)) return value;
    const before = Object.entries(value);
    const after = before.map(([key, item]) => [redactText(key), redact(item)] as const);
    const same = after.every(([key, item], index) => key === before[index]?.[0] && item === before[index][1]);
    return same ? value : Object.fromEntries(after);
  }
  return redact;
};

/** A secret that is a URL, and the password in it: whatever it opens may say that alone. */
const withPassword = (secret: string): readonly string[] => {
  const [, password] = /^[a-z][a-z0-9+.-]*:\/\/[^/@:]*:([^@/]+)@/i.exec(secret) ?? [];
  if (password === undefined || password.length < SHORTEST) return [secret];
  return [secret, password, decoded(password)];
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Shorter texts cannot be taken out of reports without taking out half of the words. */
const SHORTEST = 6;

/** A redactor that takes on more secrets while the run goes on: tokens that steps capture. */
export const makeGrowingRedactor = (
  secrets: ReadonlyMap<string, string>,
): { readonly redact: Redact; readonly hide: (text: string) => void } => {
  const known = new Map(secrets);
  let current = makeRedactor(known);
  return {
    redact: (value) => current(value),
    hide: (text) => {
      if (text.length < SHORTEST || [...known.values()].includes(text)) return;
      known.set(`captured ${known.size}`, text);
      current = makeRedactor(known);
    },
  };
};

function unchanged<T>(value: T): T {
  return value;
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

const uniqueForms = (forms: readonly SecretForm[]): readonly SecretForm[] => [
  ...new Map(
    forms.map((form): [string, SecretForm] => {
      const text = lowered(form.text);
      return [`${form.before}${form.after}${text}`, { ...form, text }];
    }),
  ).values(),
];

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Lower case that never changes the length of a text, as that of other alphabets may. */
const lowered = (text: string): string => text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());

type Span = { readonly start: number; readonly end: number };

/** All places of all forms, joined where they overlap: a replacement one by one could leave the rest of a longer one. */
const masked = (text: string, forms: readonly SecretForm[]): string => {
  const haystack = lowered(text);
  const spans = forms.flatMap((form) => spansOf(form, haystack)).toSorted((a, b) => a.start - b.start);
  let result = '';
  let end = 0;
  for (const span of spans) {
    if (result === '' || span.start > end) result += `${text.slice(end, span.start)}${MASK}`;
    end = Math.max(end, span.end);
  }
  return result + text.slice(end);
};

const spansOf = ({ text, before, after }: SecretForm, haystack: string): readonly Span[] => {
  const spans: Span[] = [];
  for (let at = haystack.indexOf(text); at >= 0; at = haystack.indexOf(text, at + 1)) {
    const start = before === 1 && isBase64(haystack[at - 1]) ? at - 1 : at;
    let end = at + text.length;
    if (after === 1 && isBase64(haystack[end])) end += 1;
    spans.push({ start, end });
  }
  return spans;
};

const isBase64 = (character: string | undefined): boolean => character !== undefined && /[a-z0-9+/_-]/.test(character);
