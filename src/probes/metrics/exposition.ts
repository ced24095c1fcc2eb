import { readComment } from './comment.ts';
import { countSample, type Families, noFamilies } from './families.ts';
import type { Format } from './format.ts';
import type { Labels } from './labels.ts';
import { readSample, type Sample } from './sample.ts';
import { startScan } from './scan.ts';

/** One series with its newest sample. */
export type Series = { readonly labels: Labels; readonly value: number };

/** A whole exposition, of which only the series that somebody asked for are kept. */
export type Exposition = {
  readonly families: number;
  readonly series: number;
  /** Names of samples, and of declared metrics that have one. */
  readonly names: ReadonlySet<string>;
  /** Series by the name of the sample, for the names that are wanted. */
  readonly wanted: ReadonlyMap<string, readonly Series[]>;
  /** The newest timestamp of a sample, in milliseconds of the epoch; null when none has one. */
  readonly newestMs: number | null;
};

/** An exposition, or the first line that breaks the rules; line 0 stands for the whole. */
export type ExpositionReading =
  | { readonly ok: true; readonly exposition: Exposition }
  | { readonly ok: false; readonly line: number; readonly problem: string };

const LONGEST_LINE = 64 * 1024;
const MOST_SERIES = 1_000_000;
const LINES_A_TURN = 500;

type State = {
  readonly families: Families;
  readonly names: Set<string>;
  readonly isWanted: (name: string) => boolean;
  readonly wanted: Map<string, Map<string, Series>>;
  /** The line of each series. */
  readonly lines: Map<string, number>;
  readonly timestamps: Map<string, number>;
  newestMs: number | null;
  ended: boolean;
};

/** Lengths in front, so that no text inside can be taken for what separates two. */
const labelKey = ([name, value]: readonly [string, string]): string =>
  value === '' ? '' : `${name.length}:${name}${value.length}:${value}`;

/** Two series are the same when name and labels are, whatever their order; an empty label is none. */
const identity = ({ name, labels }: Sample): string =>
  `${name}\n${labels.length < 2 ? labels.map(labelKey).join('') : labels.map(labelKey).toSorted().join('')}`;

/** A second sample of a series is allowed in OpenMetrics when both tell their time and it is the later one. */
const repeatFlaw = (state: State, sample: Sample, key: string): string | null => {
  const line = state.lines.get(key);
  const before = state.timestamps.get(key);
  const { timestampMs } = sample;
  const later = before !== undefined && timestampMs !== null && timestampMs > before;
  return line === undefined || (state.families.format === 'openmetrics' && later)
    ? null
    : `it repeats the series of line ${line}`;
};

const keep = (state: State, sample: Sample, key: string): void => {
  const { name, labels, value } = sample;
  state.names.add(name);
  if (!state.isWanted(name)) return;
  const same = state.wanted.get(name) ?? new Map<string, Series>();
  same.set(key, { labels, value });
  state.wanted.set(name, same);
};

const takeSample = (state: State, text: string, line: number): string | null => {
  const scan = startScan(text);
  const sample = readSample(scan, state.families.format);
  if (sample === null) return scan.flaw ?? 'it cannot be read';
  const key = identity(sample);
  const flaw = countSample(state.families, sample.name) ?? repeatFlaw(state, sample, key);
  if (flaw !== null) return flaw;
  if (!state.lines.has(key) && state.lines.size >= MOST_SERIES) return `there are more than ${MOST_SERIES} series`;
  state.lines.set(key, line);
  if (sample.timestampMs !== null) {
    state.timestamps.set(key, sample.timestampMs);
    state.newestMs = Math.max(state.newestMs ?? sample.timestampMs, sample.timestampMs);
  }
  keep(state, sample, key);
  return null;
};

const takeLine = (state: State, text: string, line: number): string | null => {
  const openMetrics = state.families.format === 'openmetrics';
  if (state.ended) return 'there is more after # EOF';
  if (text.length > LONGEST_LINE) return 'it is longer than 64 KiB';
  if (openMetrics ? text.startsWith('#') : /^[ \t]*#/.test(text)) {
    state.ended = openMetrics && text === '# EOF';
    return state.ended ? null : readComment(state.families, text);
  }
  if (!openMetrics && /^[ \t]*$/.test(text)) return null;
  return takeSample(state, text, line);
};

const endFlaw = (state: State, text: string): string | null => {
  if (state.families.format === 'openmetrics') {
    return state.ended ? null : 'the text ends without # EOF, so it is cut off';
  }
  return text === '' || text.endsWith('\n') ? null : 'the last line has no end, so the text is cut off';
};

const expositionOf = ({ families, names, wanted, lines, newestMs }: State): Exposition => ({
  families: families.byName.size,
  series: lines.size,
  names: new Set([...names, ...[...families.byName].flatMap(([name, { samples }]) => (samples > 0 ? [name] : []))]),
  wanted: new Map([...wanted].map(([name, same]) => [name, [...same.values()]])),
  newestMs,
});

/**
 * Reads a whole body strictly: the first line that breaks the rules of its format ends it. `pause` is awaited every
 * few milliseconds, so that a large body does not hold up others; what it throws ends the reading.
 */
export const readExposition = async (
  text: string,
  format: Format,
  isWanted: (name: string) => boolean,
  pause: () => Promise<void>,
): Promise<ExpositionReading> => {
  const state: State = {
    families: noFamilies(format),
    names: new Set(),
    isWanted,
    wanted: new Map(),
    lines: new Map(),
    timestamps: new Map(),
    newestMs: null,
    ended: false,
  };
  let line = 0;
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    line += 1;
    const problem = takeLine(state, text.slice(start, end), line);
    if (problem !== null)
      return { ok: false, line, problem: feed < 0 ? `${problem}; the text is cut off there` : problem };
    if (line % LINES_A_TURN === 0) await pause();
    start = end + 1;
  }
  const problem = endFlaw(state, text);
  return problem === null ? { ok: true, exposition: expositionOf(state) } : { ok: false, line, problem };
};
