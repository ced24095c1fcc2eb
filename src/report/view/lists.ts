const MOST_IDS = 8;
const MOST_REASONS = 12;

/** Ids for a reader: `a, b, c`, and how many more where there are too many to read. */
export const named = (ids: readonly string[], most = MOST_IDS): string => {
  const more = ids.length - most;
  return more > 0 ? `${ids.slice(0, most).join(', ')} and ${more} more` : ids.join(', ');
};

/** What was not looked at, told once for each reason, and bounded: `a, b and 40 more: not selected`. */
export const groupedByReason = (
  left: readonly { readonly id: string; readonly why: string }[],
  mostIds = MOST_IDS,
  mostReasons = MOST_REASONS,
): readonly string[] => {
  const groups = Map.groupBy(left, ({ why }) => why);
  const texts = [...groups].map(
    ([why, some]) =>
      `${named(
        some.map(({ id }) => id),
        mostIds,
      )}: ${why}`,
  );
  const more = texts.length - mostReasons;
  return more > 0 ? [...texts.slice(0, mostReasons), `and ${more} other reasons`] : texts;
};
