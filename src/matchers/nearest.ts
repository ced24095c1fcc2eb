/** The candidate that a misspelled word was probably meant to be; null when none is near. */
export const nearest = (word: string, candidates: readonly string[]): string | null => {
  const allowed = Math.max(1, Math.floor(word.length / 3));
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate ?? null;
};

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
const editDistance = (from: string, to: string): number => {
  let before: number[] = [];
  let last: number[] = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const cost = from[i - 1] === to[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row.push(
        Math.min(
          (last[j] ?? Infinity) + 1,
          (row[j - 1] ?? Infinity) + 1,
          (last[j - 1] ?? Infinity) + cost,
          swapped ? (before[j - 2] ?? Infinity) + 1 : Infinity,
        ),
      );
    }
    before = last;
    last = row;
  }
  return last[to.length] ?? Infinity;
};
