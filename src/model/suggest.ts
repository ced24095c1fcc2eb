/** Edits (insert, delete, replace, swap of neighbours) between two words; optimal string alignment. */
const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const edits = [(previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits.push((before[j - 2] ?? 0) + 1);
      current.push(Math.min(...edits));
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
};

/** The known word that was most likely meant, or null when none is near enough: a third of the word may be wrong. */
export const closest = (word: string, known: Iterable<string>): string | null => {
  const wanted = word.toLowerCase().slice(0, 100);
  let best: { readonly candidate: string; readonly edits: number } | null = null;
  for (const candidate of known) {
    if (Math.abs(candidate.length - wanted.length) > 5) continue;
    const edits = distance(wanted, candidate.toLowerCase().slice(0, 100));
    const near = edits <= Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3));
    if (near && (best === null || edits < best.edits)) best = { candidate, edits };
  }
  return best?.candidate ?? null;
};
