import { parseInstant } from '../../matchers/instant.ts';
import type { Component, HealthAnswer } from './reading.ts';

/** Clocks differ a little, and a `Date` header counts whole seconds. */
const CLOCK_TOLERANCE_MS = 60_000;
const MAX_COMPONENT_AGE_MS = 5 * 60_000;

/** Why a health answer may tell of the past: it came from a cache, or its measurements are old. Null when nothing says so. */
export const stalenessOf = (answer: HealthAnswer, components: readonly Component[]): string | null =>
  cacheHit(answer) ?? aged(answer) ?? oldDate(answer) ?? oldComponent(answer.at, components);

const cacheHit = ({ headers }: HealthAnswer): string | null => {
  const name = ['x-cache', 'cf-cache-status', 'x-cache-status'].find((header) =>
    /(^|[^a-z])hit\b/i.test(headers[header] ?? ''),
  );
  return name === undefined ? null : `a cache answered (${name}: HIT)`;
};

const aged = ({ headers }: HealthAnswer): string | null => {
  const seconds = wholeSeconds(headers['age']);
  return seconds > 0 ? `the answer was in a cache for ${duration(seconds * 1000)} (Age: ${seconds})` : null;
};

const oldDate = ({ headers, at }: HealthAnswer): string | null => {
  const maxAge = wholeSeconds(/(?:^|[,\s])max-age="?(\d+)/i.exec(headers['cache-control'] ?? '')?.[1]);
  const made = Date.parse(headers['date'] ?? '');
  const age = at.getTime() - made;
  return maxAge > 0 && age > CLOCK_TOLERANCE_MS
    ? `the answer is from ${duration(age)} ago, and Cache-Control lets it be kept (max-age ${maxAge})`
    : null;
};

const oldComponent = (at: Date, components: readonly Component[]): string | null => {
  const aged = components.flatMap(({ name, time }) => {
    const instant = time === undefined || !time.includes(':') ? null : parseInstant(time);
    return instant === null ? [] : [{ name, age: at.getTime() - instant }];
  });
  const oldest = aged.reduce((a, b) => (b.age > a.age ? b : a), { name: '', age: 0 });
  return oldest.age > MAX_COMPONENT_AGE_MS ? `${oldest.name} was last looked at ${duration(oldest.age)} ago` : null;
};

const wholeSeconds = (text: string | undefined): number => (/^\s*\d{1,12}\s*$/.test(text ?? '') ? Number(text) : 0);

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

const duration = (ms: number): string => {
  const [unit, size] = UNITS.find(([, length]) => ms >= length) ?? ['second', 1000];
  const count = Math.floor(ms / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};
