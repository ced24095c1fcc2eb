import { closest } from '../../model/suggest.ts';
import type { Exposition, Series } from './exposition.ts';
import type { LabelMatcher, Selector } from './selector.ts';

/**
 * What a selector comes to. `value` is a number, or a text that says what stands in its place; it is absent when there
 * is no such series. `trouble` says why there is no number, and is null when there is one.
 */
export type MetricAnswer = { readonly value?: number | string; readonly trouble: string | null };

/** A text of a target, cut to what a sentence can hold. */
export const cut = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}...` : text);

/** Labels as the formats write them, cut. */
export const labelText = ({ labels }: Pick<Series, 'labels'>): string =>
  cut(`{${labels.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}}`);

/** A series by its name and, if it has any, its labels. */
export const seriesText = (name: string, series: Series): string =>
  `${cut(name)}${series.labels.length === 0 ? '' : labelText(series)}`;

const valueOf = (series: Series, label: string): string => series.labels.find(([name]) => name === label)?.[1] ?? '';

/** The series that fit every condition. */
export const selectSeries = (all: readonly Series[], { labels }: Selector): readonly Series[] =>
  all.filter((series) => labels.every(({ label, holds }) => holds(valueOf(series, label))));

const MOST_TOLD = 3;

/** The first few of many, and how many more there are. */
const some = <Item>(items: readonly Item[], text: (item: Item) => string): string => {
  const told = items.slice(0, MOST_TOLD).map(text).join(', ');
  return items.length > MOST_TOLD ? `${told} and ${items.length - MOST_TOLD} more` : told;
};

/** A number as a fact: what JSON has no number for is text, so that no comparison takes it for one. */
export const numberAnswer = (value: number, whose: string): MetricAnswer => {
  if (Number.isFinite(value)) return { value, trouble: null };
  const text = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  return { value: text, trouble: `${whose} is ${text}, which is no number to compare` };
};

/** A target may have any number of names; to compare them all would take its time from the looks at others. */
const MOST_COMPARED = 2000;

/** Why a metric of that name is not there. */
export const noMetric = (name: string, { names }: Exposition): MetricAnswer => {
  const parts = ['_total', '_bucket', '_count'].map((ending) => `${name}${ending}`);
  const near = parts.find((part) => names.has(part)) ?? closest(name, names.values().take(MOST_COMPARED));
  const hint = near === null ? '' : `; did you mean ${cut(near)}?`;
  return { trouble: `there is no metric ${cut(name)} among ${names.size} names${hint}` };
};

/** A condition on a label that no series has: the name of the label is probably misspelt. */
export const unknownLabel = ({ labels }: Selector, all: readonly Series[]): LabelMatcher | null =>
  labels.find(({ label, fitsNone }) => !fitsNone && all.every((series) => valueOf(series, label) === '')) ?? null;

/** Why no series of a metric fits. */
export const noSeries = (of: Selector, all: readonly Series[]): MetricAnswer => {
  const unknown = unknownLabel(of, all);
  const why = unknown === null ? '' : `; none has a label ${cut(unknown.label)}`;
  return { trouble: `no series of ${cut(of.name)} fits, of ${all.length}: ${some(all, labelText)}${why}` };
};

/** Several where one was asked for: which one decides nothing, and adding them up may be wrong. */
export const several = <Item>(
  what: string,
  items: readonly Item[],
  text: (item: Item) => string,
  hint: string,
): MetricAnswer => ({
  value: 'several series',
  trouble: `${items.length} ${what} fit: ${some(items, text)}; ${hint}`,
});
