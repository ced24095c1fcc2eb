/**
 * Keeps what was made for a text, so that it is made once. Texts may come from a target, so no more than `most` are
 * kept: when there is no room left, all of them are forgotten.
 */
export const keepAtMost = <Value>(most: number): ((text: string, make: () => Value) => Value) => {
  const kept = new Map<string, Value>();
  return (text, make) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = make();
    if (kept.size >= most) kept.clear();
    kept.set(text, made);
    return made;
  };
};
