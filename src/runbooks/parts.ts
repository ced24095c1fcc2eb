import type { RunbookHeading } from './read-runbook.ts';

/** The parts of a section that somebody needs who has never seen the system, in the order of need. */
export const PARTS = ['Meaning', 'Impact', 'Diagnosis', 'Mitigation'] as const;

export type Part = (typeof PARTS)[number];

/** The part that a heading begins; null for any other heading. */
export const partOf = ({ title }: Pick<RunbookHeading, 'title'>): Part | null =>
  PARTS.find((part) => part.toLowerCase() === title.toLowerCase()) ?? null;

/**
 * The parts of the section of that anchor, by name. A reference may lead to a part itself: then those beside it count.
 * Only what stands directly under the section counts, not what a section inside of it has; the first of a name.
 */
export const partsOf = (headings: readonly RunbookHeading[], anchor: string): ReadonlyMap<Part, RunbookHeading> => {
  const at = sectionAt(headings, anchor);
  const parts = new Map<Part, RunbookHeading>();
  for (const [part, heading] of at === null ? [] : partHeadings(headings, at.index))
    if (!parts.has(part)) parts.set(part, heading);
  return parts;
};

/** The headings directly under the one of that index that begin a part, in their order. */
export const partHeadings = (
  headings: readonly RunbookHeading[],
  index: number,
): readonly (readonly [Part, RunbookHeading])[] => {
  const inside = headingsUnder(headings, index);
  const direct = inside.reduce((least, { level }) => Math.min(least, level), Infinity);
  return inside.flatMap((heading) => {
    const part = heading.level === direct ? partOf(heading) : null;
    return part === null ? [] : [[part, heading] as const];
  });
};

/** The headings under the one of that index, down to the next of its level or above. */
export const headingsUnder = (headings: readonly RunbookHeading[], index: number): readonly RunbookHeading[] => {
  const level = headings[index]?.level ?? 0;
  let end = index + 1;
  while ((headings[end]?.level ?? 0) > level) end += 1;
  return headings.slice(index + 1, end);
};

/** The heading whose section an anchor leads into: of a part the one above it. */
export const sectionAt = (
  headings: readonly RunbookHeading[],
  anchor: string,
): { readonly heading: RunbookHeading; readonly index: number } | null => {
  const index = headings.findIndex((one) => one.anchor === anchor);
  const heading = headings[index];
  if (heading === undefined) return null;
  if (partOf(heading) === null) return { heading, index };
  const above = headings.slice(0, index).findLastIndex(({ level }) => level < heading.level);
  const parent = headings[above];
  return parent === undefined ? { heading, index } : { heading: parent, index: above };
};
