const AMOUNT = /^(\d{1,12}(?:\.\d{1,9})?)\s?(ms|s|m|h|d|B|KiB|MiB|GiB|kB|KB|MB|GB|%)$/;

const DURATIONS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

const SIZES: ReadonlyMap<string, number> = new Map([
  ['B', 1],
  ['kB', 1000],
  ['KB', 1000],
  ['MB', 1000 ** 2],
  ['GB', 1000 ** 3],
  ['KiB', 1024],
  ['MiB', 1024 ** 2],
  ['GiB', 1024 ** 3],
]);

/** Milliseconds of `300ms`, `5s`, `15m`, `2h` or `30d`; null for anything else. */
export const parseDuration = (text: string): number | null => scaled(text, DURATIONS);

/** Bytes of `512B`, `64KiB`, `1MiB`, `10KB` or `5MB`; null for anything else. */
export const parseBytes = (text: string): number | null => scaled(text, SIZES);

/** The ratio of a percentage: 0.995 for `99.5%`; null for anything else. */
export const parsePercentage = (text: string): number | null => scaled(text, new Map([['%', 0.01]]));

/** Whether a text is a number with one of our units, so that it was probably meant as one. */
export const hasUnit = (text: string): boolean => AMOUNT.test(text);

/** A duration as a person writes it: `15m`, `1500ms`. The largest unit that stays whole. */
export const showDuration = (milliseconds: number): string => {
  const whole = [...DURATIONS].findLast(([, factor]) => milliseconds !== 0 && milliseconds % factor === 0);
  return whole === undefined ? `${milliseconds}ms` : `${milliseconds / whole[1]}${whole[0]}`;
};

const scaled = (text: string, factors: ReadonlyMap<string, number>): number | null => {
  const [, amount, unit] = AMOUNT.exec(text) ?? [];
  const factor = factors.get(unit ?? '');
  // Fifteen digits hide what binary fractions add (99.9 * 0.01).
  return factor === undefined ? null : Number((Number(amount) * factor).toPrecision(15));
};
