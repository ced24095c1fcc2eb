import type { Json } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import type { Captured } from '../config.ts';
import type { LaterPart } from '../interpolate.ts';
import type { Path } from '../yaml/places.ts';
import { joinUrl } from './captured-url.ts';

/** What stands in a place once captured values are put there; `origin` names one that decides where a request goes. */
export type Put =
  | { readonly ok: true; readonly value: Json; readonly origin: string | null }
  | { readonly ok: false; readonly problem: string };

/** Keys of specs under which patterns stand: there a captured text stands for itself. */
const PATTERNS: ReadonlySet<unknown> = new Set([
  ...['must-contain', 'must-not-contain', 'deny', 'allow-console', 'allow-errors', 'allow-requests'],
]);

/** Matchers whose operand is a value, whatever its form. */
const OF_VALUES: ReadonlySet<unknown> = new Set(['equals', 'in', 'contains', 'not-contains']);

/** Keys of specs under which any JSON may stand: it is sent as it is. */
const OPEN: ReadonlySet<unknown> = new Set(['json', 'arguments', 'send']);

const LONGEST_ARGUMENT = 64 * 1024;

/**
 * Puts captured values in the place of their placeholders. They come from a target: none of them is read as a
 * placeholder, a matcher, a pattern, an option of a program, or a way to another place. `place` begins with the key of
 * the step.
 */
export const putCaptured = (parts: readonly LaterPart[], place: Path, captured: Captured): Put => {
  const absent = parts.find((part) => typeof part !== 'string' && !Object.hasOwn(captured, part.captured));
  if (absent !== undefined && typeof absent !== 'string') return refuse(absent.captured, 'was not captured');
  const valueOf = (name: string): Json => captured[name] ?? null;
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && typeof only !== 'string') {
    const value = valueOf(only.captured);
    return typeof value === 'string' ? putText(parts, place, () => value) : putValue(only.captured, value, place);
  }
  const unfit = parts.find((part) => typeof part !== 'string' && isStructure(valueOf(part.captured)));
  if (unfit !== undefined && typeof unfit !== 'string') {
    return refuse(unfit.captured, 'is no text, number or boolean and cannot stand inside a text');
  }
  return putText(parts, place, (name) => String(valueOf(name)));
};

/** What is expected of an answer, or of a page in the middle of a visit. */
const isAsked = ([key, ...inner]: Path): boolean =>
  key === 'expect' || key === 'warn' || (key === 'page' && inner.includes('expect'));

const isStructure = (value: Json): boolean => typeof value === 'object' || value === null;

const putText = (parts: readonly LaterPart[], place: Path, textOf: (name: string) => string): Put => {
  const [, inner] = place;
  const names = parts.flatMap((part) => (typeof part === 'string' ? [] : [part.captured]));
  const join = (instead: (name: string) => string): string =>
    parts.map((part) => (typeof part === 'string' ? part : instead(part.captured))).join('');
  const asked = isAsked(place);
  if (asked ? place.includes('matches') : PATTERNS.has(inner)) return put(join((name) => literally(textOf(name))));
  if (asked) {
    const status = names.find((name) => inner === 'status' && /xx$/i.test(textOf(name)));
    return status === undefined ? put(join(textOf)) : refuse(status, 'is no status');
  }
  if (isUrl(place)) {
    const joined = joinUrl(parts, textOf);
    return joined.ok ? { ok: true, value: joined.url, origin: joined.origin } : joined;
  }
  const problem = problemAt(place, parts, textOf);
  return problem ?? put(join(textOf));
};

/** `http.url`, `heartbeat.from.url`, `page.steps.2.goto`; a member `url` of a body is none. */
const isUrl = (place: Path): boolean => {
  const last = place.at(-1);
  return (last === 'url' && (place.length === 2 || place[1] === 'from')) || (last === 'goto' && place[0] === 'page');
};

/** Words of a command line and paths of files. */
const problemAt = ([kind, key]: Path, parts: readonly LaterPart[], textOf: (name: string) => string): Put | null => {
  const isArgument = (kind === 'command' && key === 'argv') || (kind === 'mcp' && key === 'command');
  const isPath = kind === 'files' || (kind === 'command' && key === 'artifacts');
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'string') continue;
    const value = textOf(part.captured);
    if (isArgument && index === 0 && value.startsWith('-')) {
      return refuse(part.captured, 'begins with "-": the program would take it for an option');
    }
    if (isArgument && value.includes('\0')) return refuse(part.captured, 'has a NUL, which no argument has');
    if (isArgument && value.length > LONGEST_ARGUMENT) return refuse(part.captured, 'is too long for an argument');
    if (isPath && (value === '' || /[/\\*?[\]{}()!\0]|^\.{1,2}$/.test(value))) {
      return refuse(part.captured, 'is no plain name of a file');
    }
  }
  return null;
};

/** A mapping in `expect:` would be read as matchers: it is meant as the value that it is. */
const putValue = (name: string, value: Json, place: Path): Put => {
  if (!isAsked(place)) {
    const fits = !isJsonObject(value) || OPEN.has(place[1]);
    return fits ? put(value) : refuse(name, 'is a mapping, which would be more than a value here');
  }
  if (!isStructure(value)) return put(value);
  if (place.length === 2) return put({ equals: value });
  if (place.slice(2).some((step) => OF_VALUES.has(step))) return put(value);
  const found = isJsonObject(value) ? 'a mapping' : value === null ? 'null' : 'a list';
  return refuse(name, `is ${found}: what is compared with it stands under equals`);
};

const put = (value: Json): Put => ({ ok: true, value, origin: null });

const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const refuse = (name: string, problem: string): Put => ({ ok: false, problem: `"${name}" ${problem}` });
