import type { Problem } from '../../config/problem.ts';
import { PARTS, partOf, partsOf } from '../parts.ts';
import { headingPlace, problemAt, type Page } from './page.ts';
import type { Led } from './led.ts';

/** What a template leaves behind. */
const TO_DO = /^(?:todo|tbd|fixme|xxx|n\/a|to do|to be (?:done|written))\b/iu;

/** A section that somebody is led to has every part, and something in it. */
export const sectionProblems = ({ page, heading }: Led): readonly Problem[] => {
  const parts = partsOf(page.headings, heading.anchor);
  const missing = PARTS.filter((part) => !parts.has(part));
  const problems = [...parts].flatMap(([part, found]): readonly Problem[] => {
    const message = `the part "${part}" of "${heading.title}" `;
    // What stands under a smaller heading inside of the part counts, too.
    const at = page.headings.indexOf(found);
    const deeper = page.headings[at + 1];
    const goesOn = deeper !== undefined && deeper.level > found.level;
    if (found.words === 0 && !goesOn)
      return [problemAt(page, headingPlace(page, found), { message: `${message}is empty` })];
    if (TO_DO.test(found.summary) || found.steps.some((step) => TO_DO.test(step)))
      return [problemAt(page, headingPlace(page, found), { message: `${message}is still to be written` })];
    return [];
  });
  if (missing.length > 0) {
    const marks = '#'.repeat(Math.min(6, heading.level + 1));
    const message = `the section "${heading.title}" has no part ${missing.map((part) => `"${part}"`).join(', ')}`;
    const hint = `write ${missing.map((part) => `"${marks} ${part}"`).join(', ')} under it`;
    return [problemAt(page, headingPlace(page, heading), { message, hint }), ...problems];
  }
  if (problems.length > 0 || heading.steps.length > 0) return problems;
  const message = `the section "${heading.title}" has no steps: a report would show none`;
  const hint = 'write what to do as numbered lists';
  return [problemAt(page, headingPlace(page, heading), { message, hint, severity: 'warning' })];
};

/** Pages and sections that nothing leads to: nobody would find them when they are needed. */
export const orphanProblems = (page: Page, led: readonly Led[]): readonly Problem[] => {
  const here = led.filter((one) => one.page === page);
  if (here.length === 0) {
    const message = 'no check and no component leads into this runbook';
    const hint = 'refer to a section of it with `runbook:`, or remove it';
    return [problemAt(page, { line: 1, column: 1, length: 0 }, { message, hint, severity: 'warning' })];
  }
  return page.headings.flatMap((heading) => {
    if (partOf(heading) !== null || here.some((one) => one.heading === heading)) return [];
    if (partsOf(page.headings, heading.anchor).size === 0) return [];
    const message = `no check and no component leads to the section "${heading.title}"`;
    return [problemAt(page, headingPlace(page, heading), { message, severity: 'warning' })];
  });
};
