/** One bucket: how many observations were at most `upTo`. */
export type Bucket = { readonly upTo: number; readonly count: number };

/** A quantile, or one clause that says why the buckets have none. */
export type QuantileReading =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly problem: string };

const bound = (upTo: number): string => (upTo === Number.POSITIVE_INFINITY ? '+Inf' : String(upTo));

/** What makes buckets no histogram: bounds that repeat, no +Inf, counts that fall or are none. Null when they are one. */
const flawOf = (buckets: readonly Bucket[]): string | null => {
  if (buckets.at(-1)?.upTo !== Number.POSITIVE_INFINITY) return 'it has no bucket le="+Inf"';
  if (buckets.length < 2) return 'it has no bucket but le="+Inf"';
  for (const [index, { upTo, count }] of buckets.entries()) {
    if (Number.isNaN(upTo)) return 'a bound of it is no number';
    if (!(count >= 0) || count === Number.POSITIVE_INFINITY) return `its bucket le="${bound(upTo)}" counts ${count}`;
    const below = buckets[index - 1];
    if (below === undefined) continue;
    if (below.upTo === upTo) return `it has two buckets le="${bound(upTo)}"`;
    if (below.count > count) {
      return `its counts fall: ${below.count} up to ${bound(below.upTo)}, and ${count} up to ${bound(upTo)}`;
    }
  }
  return null;
};

/**
 * The quantile of a classic histogram as PromQL's `histogram_quantile` estimates it: linear inside a bucket, the first
 * one from 0 when its bound is above 0, and the highest finite bound for what lies in +Inf. NaN when nothing was observed.
 * What PromQL repairs or leaves at NaN (counts that fall, no +Inf) is a problem here.
 */
export const histogramQuantile = (at: number, unsorted: readonly Bucket[]): QuantileReading => {
  const buckets = unsorted.toSorted((a, b) => a.upTo - b.upTo);
  const problem = flawOf(buckets);
  if (problem !== null) return { ok: false, problem };
  const total = buckets.at(-1)?.count ?? 0;
  if (total === 0) return { ok: true, value: Number.NaN };
  const rank = at * total;
  const index = buckets.findIndex(({ count }) => count >= rank);
  const bucket = buckets[index];
  const below = buckets[index - 1];
  if (bucket === undefined) throw new Error('the last bucket counts them all');
  if (bucket.upTo === Number.POSITIVE_INFINITY) return { ok: true, value: below?.upTo ?? Number.NaN };
  if (below === undefined && bucket.upTo <= 0) return { ok: true, value: bucket.upTo };
  const from = below?.upTo ?? 0;
  const inside = bucket.count - (below?.count ?? 0);
  const share = inside === 0 ? 0 : (rank - (below?.count ?? 0)) / inside;
  return { ok: true, value: from + (bucket.upTo - from) * share };
};

/** Several histograms as one: counts by bound. Null when their bounds differ, because then they cannot be added. */
export const addHistograms = (histograms: readonly (readonly Bucket[])[]): readonly Bucket[] | null => {
  const bounds = (buckets: readonly Bucket[]): string =>
    buckets
      .map(({ upTo }) => upTo)
      .toSorted((a, b) => a - b)
      .join();
  const [first = []] = histograms;
  if (histograms.some((one) => bounds(one) !== bounds(first))) return null;
  const counts = new Map<number, number>();
  for (const { upTo, count } of histograms.flat()) counts.set(upTo, (counts.get(upTo) ?? 0) + count);
  return [...counts].map(([upTo, count]) => ({ upTo, count }));
};
