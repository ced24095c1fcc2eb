import { randomInt } from 'node:crypto';
import { walkJson } from './json-walk.ts';

/** What the text of a JSON value shows before anything is made of it. */
export type JsonScan = {
  /** What makes the text unfit to be judged, as a clause; null when there is nothing. */
  readonly problem: string | null;
  /** Members of objects, repeated names included. */
  readonly members: number;
  /** The numbers that cannot be read as they are written, in order. */
  readonly inexact: readonly InexactNumber[];
};

export type InexactNumber = {
  readonly start: number;
  readonly end: number;
  /** A JSONPath, `$.items[3].id`. */
  readonly path: string;
};

const DEEPEST = 100;
const LONGEST_PATH = 200;
/**
 * A value can take a hundred times its bytes in memory (`[],[],[]`, or objects that all have other names), so that the
 * length of a body alone is no bound. The weights are what V8 needs, about 32 bytes each.
 */
const WEIGHT = { element: 1, text: 1, container: 5, newShape: 14, inexact: 14 } as const;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** Numbers of fewer characters are in range and exact, unless they have an exponent. */
const SHORT = 16;
const EXPONENT = 0x65;
/** As many digits as a double can be asked for. */
const LONGEST_NUMBER = 100;

const isHarmless = (source: string, start: number, end: number): boolean => {
  if (end - start >= SHORT) return false;
  for (let at = start; at < end; at += 1) if ((source.charCodeAt(at) | 0x20) === EXPONENT) return false;
  return true;
};

const digitsOf = (literal: string): string =>
  literal
    .replace(/e.*$/i, '')
    .replaceAll(/\D/g, '')
    .replaceAll(/^0+|0+$/g, '');

/**
 * Whether reading a number loses what is written. Below 2^53 it becomes the nearest double, as everywhere; beyond,
 * doubles leave whole numbers out, and those tell one thing from another.
 */
const isInexact = (literal: string, value: number): boolean => {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return false;
  if (literal.length > LONGEST_NUMBER || /^-?\d+$/.test(literal)) return true;
  const digits = digitsOf(literal);
  return digits.length > 15 && digitsOf(value.toPrecision(digits.length)) !== digits;
};

const step = (name: string): string =>
  /^"[A-Za-z_][A-Za-z0-9_]*"$/.test(name) ? `.${name.slice(1, -1)}` : `[${name}]`;

/** A level of nesting. `start` and `end` are those of the name under way, 0 in a list. */
type Level = { isObject: boolean; index: number; start: number; end: number; shape: number };

const pathOf = (source: string, levels: readonly Level[]): string => {
  const steps = levels.map(({ isObject, index, start, end }) =>
    isObject ? step(source.slice(start, end)) : `[${index}]`,
  );
  const path = `$${steps.join('')}`;
  return path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}...` : path;
};

/** Odd, and unknown to whoever chooses the names. */
const FACTOR = 2 * randomInt(2 ** 30) + 1;

/** The shape of an object with one more member, as a number. Objects of one shape share what they are made of. */
const shapeWith = (shape: number, source: string, start: number, end: number): number => {
  let hash = shape + 1;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash, FACTOR) + source.charCodeAt(at);
  return (hash ^ (hash >>> 15)) >> 2;
};

/** Looks once over the text, as far as `heaviest`; what is not JSON at all is left to the parser. */
export const scanJson = (source: string, heaviest: number): JsonScan => {
  const levels: Level[] = [];
  const shapes = new Set<number>();
  const inexact: InexactNumber[] = [];
  let problem: string | null = null;
  let members = 0;
  let spent = 0;

  const spend = (weight: number): boolean => {
    spent += weight;
    if (spent > heaviest)
      problem ??= `it has too many values: they weigh more than ${heaviest}, and a larger limits.body allows more`;
    return problem !== null;
  };

  walkJson(source, {
    open: (isObject) => {
      levels.push({ isObject, index: 0, start: 0, end: 0, shape: 0 });
      if (levels.length > DEEPEST) problem = `it is nested deeper than ${DEEPEST}`;
      return spend(WEIGHT.container);
    },
    close: () => {
      levels.pop();
    },
    comma: () => {
      const level = levels.at(-1);
      if (level !== undefined) level.index += 1;
      return spend(WEIGHT.element);
    },
    text: () => spend(WEIGHT.text),
    name: (start, end) => {
      members += 1;
      const level = levels.at(-1);
      if (level === undefined) return false;
      const shape = shapeWith(level.shape, source, start, end);
      level.start = start;
      level.end = end;
      level.shape = shape;
      if (shapes.has(shape)) return false;
      shapes.add(shape);
      return spend(WEIGHT.newShape);
    },
    number: (start, end) => {
      if (isHarmless(source, start, end)) return false;
      const literal = source.slice(start, end);
      if (!NUMBER.test(literal)) return false;
      const value = Number(literal);
      if (!Number.isFinite(value)) problem = `the number ${literal.slice(0, 40)} is out of range`;
      if (problem !== null || !isInexact(literal, value)) return problem !== null;
      inexact.push({ start, end, path: pathOf(source, levels) });
      return spend(WEIGHT.inexact);
    },
  });
  return { problem, members, inexact };
};
