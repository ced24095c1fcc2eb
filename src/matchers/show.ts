import { isJsonObject, type Json } from '../model/json.ts';
import { isList, typeOf } from './equality.ts';

/** The unit that a number is shown with; null for a plain number. */
export type Unit = 'ms' | 'B' | '%' | null;

/** How many characters of a value an explanation shows. */
const MOST_SHOWN = 120;
/** How much of a cut text is shown before the place that matters. */
const LEAD = 40;

/** A value as explanations show it, with its type: `string "degraded"`, `number 2300 ms`, `list [1,2]`. */
export const showTyped = (value: Json, unit: Unit = null, around = 0): string =>
  value === null ? 'null' : `${typeOf(value)} ${showValue(value, unit, around)}`;

/** A value without its type; a long text is cut to the part around the index `around`. */
export const showValue = (value: Json, unit: Unit = null, around = 0): string => {
  if (typeof value === 'string') return showText(value, around);
  if (typeof value === 'number') return showNumber(value, unit);
  const text = compact(value, MOST_SHOWN + 1);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
};

/** The index at which two texts part. */
export const firstDifference = (a: string, b: string): number => {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return index;
};

/** Replaces what a terminal or a reader could take for something else: controls, bidi marks, lone surrogates. */
export const escapeText = (text: string): string =>
  text
    .replaceAll(/["\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
      Array.from({ length: character.length }, (_, index) => unicodeEscape(character.charCodeAt(index))).join(''),
    );

const unicodeEscape = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

const showText = (text: string, around: number): string => {
  if (text.length <= MOST_SHOWN) return `"${escapeText(text)}"`;
  const start = Math.max(0, Math.min(around - LEAD, text.length - MOST_SHOWN));
  const cut = withoutHalves(text.slice(start, start + MOST_SHOWN));
  return `"${start > 0 ? '…' : ''}${escapeText(cut)}${start + MOST_SHOWN < text.length ? '…' : ''}"`;
};

/** A cut may go through a surrogate pair; the half at the edge says nothing. */
const withoutHalves = (text: string): string => text.replace(/^[\uDC00-\uDFFF]/, '').replace(/[\uD800-\uDBFF]$/, '');

const showNumber = (value: number, unit: Unit): string => {
  if (unit === null) return String(value);
  return unit === '%' ? `${Number((value * 100).toPrecision(12))} %` : `${Number(value.toFixed(3))} ${unit}`;
};

/** JSON up to a number of characters, whatever the size and depth of the value. */
const compact = (value: Json, room: number): string => {
  if (room <= 0) return '';
  if (typeof value === 'string') return `"${escapeText(withoutHalves(value.slice(0, room)))}"`;
  if (isList(value)) {
    return `[${joined(value.length, room - 1, (index, left) => compact(value[index] ?? null, left))}]`;
  }
  if (!isJsonObject(value)) return String(value);
  const names = Object.keys(value);
  const member = (index: number, left: number): string => {
    const name = names[index] ?? '';
    const shown = `${compact(name, left)}:`;
    return shown + compact(value[name] ?? null, left - shown.length);
  };
  return `{${joined(names.length, room - 1, member)}}`;
};

const joined = (count: number, room: number, show: (index: number, left: number) => string): string => {
  let text = '';
  for (let index = 0; index < count && text.length < room; index++) {
    text += (index === 0 ? '' : ',') + show(index, room - text.length);
  }
  return text;
};
