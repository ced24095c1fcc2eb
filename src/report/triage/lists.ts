const MOST_IDS = 8;
const MOST_REASONS = 12;

/** Ids for a reader: `a, b, c`, and how many more where there are too many to read. */
export const named = (ids: readonly string[], most = MOST_IDS): string => {
  const more = ids.length - most;
  return more > 0 ? `${ids.slice(0, most).join(', ')} and ${more} more` : ids.join(', ');
};

/** What was not looked at, told once for each reason: `a, b and 40 more: not selected`. */
export const groupedByReason = (left: readonly { readonly id: string; readonly why: string }[]): readonly string[] => {
  const groups = new Map<string, string[]>();
  for (const { id, why } of left) {
    const known = groups.get(why);
    if (known === undefined) groups.set(why, [id]);
    else known.push(id);
  }
  const texts = [...groups].map(([why, ids]) => `${named(ids)}: ${why}`);
  const more = texts.length - MOST_REASONS;
  return more > 0 ? [...texts.slice(0, MOST_REASONS), `and ${more} other reasons`] : texts;
};
