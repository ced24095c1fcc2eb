/** What an unquoted scalar stands for, or why it may not stand there. */
export type PlainScalar =
  | { readonly ok: true; readonly value: null | boolean | number | string }
  | { readonly ok: false; readonly message: string };

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const BOOLEANS = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);
/** Decimal integers start with no zero: `012` is 12 in YAML 1.2, 10 in YAML 1.1 and a string to us. */
const INTEGER = /^[-+]?(?:0|[1-9][0-9]*)$/;
const RADIX_INTEGER = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const MAY_BE_NUMBER = /^[-+.0-9]/;

/**
 * Resolves an unquoted scalar by the core schema of YAML 1.2, with two differences that protect: a decimal with a
 * leading zero stays a string, and a number that JavaScript cannot hold as written is refused.
 */
export const resolvePlainScalar = (text: string): PlainScalar => {
  if (MAY_BE_NUMBER.test(text)) return resolveNumberLike(text);
  if (NULLS.has(text)) return { ok: true, value: null };
  return { ok: true, value: BOOLEANS.get(text) ?? text };
};

const resolveNumberLike = (text: string): PlainScalar => {
  if (NOT_FINITE.test(text)) return { ok: false, message: `${text} is not a finite number` };
  if (RADIX_INTEGER.test(text)) return exact(text, Number(text), Number.isSafeInteger(Number(text)));
  if (!INTEGER.test(text) && !FLOAT.test(text)) return { ok: true, value: text };
  const value = Number(text);
  if (!Number.isFinite(value)) return { ok: false, message: `the number ${text} is too large` };
  return exact(text, value, isExact(text, value));
};

const exact = (text: string, value: number, kept: boolean): PlainScalar =>
  kept
    ? { ok: true, value: value === 0 ? 0 : value }
    : { ok: false, message: `the number ${text} would lose digits (it would become ${value})` };

/** Whether the number shows the written digits again when it is asked for as many. */
const isExact = (text: string, value: number): boolean => {
  const digits = significantDigits(text);
  if (digits.length <= 15) return digits === '' || value !== 0;
  if (INTEGER.test(text) && !Number.isSafeInteger(value)) return false;
  return digits.length <= 100 && significantDigits(value.toPrecision(digits.length)) === digits;
};

const significantDigits = (text: string): string =>
  text
    .replace(/[eE].*$/, '')
    .replaceAll(/[^0-9]/g, '')
    .replace(/^0+/, '')
    .replace(/0+$/, '');
