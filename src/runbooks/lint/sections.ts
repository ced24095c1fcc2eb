import type { Problem } from '../../config/problem.ts';
import { headingsUnder, partHeadings, PARTS, partOf } from '../parts.ts';
import { headingPlace, problemAt, type Page } from './page.ts';
import type { Led } from './led.ts';

/** What a template leaves behind. */
const TO_DO = /^(?:todo|tbd|fixme|xxx|n\/a|to do|to be (?:done|written))\b/iu;

/** A section that somebody is led to has every part, and something in it. */
export const sectionProblems = ({ page, heading, index }: Led): readonly Problem[] => {
  const parts = partHeadings(page.headings, index);
  const missing = PARTS.filter((part) => !parts.some(([name]) => name === part));
  const problems = parts.flatMap(([part, found], at): readonly Problem[] => {
    const say = (what: string): readonly Problem[] => {
      const message = `the part "${part}" of "${heading.title}" ${what}`;
      return [problemAt(page, headingPlace(page, found), { message })];
    };
    if (parts.slice(0, at).some(([name]) => name === part)) return say('stands there twice');
    // What stands under a smaller heading inside of the part counts, too.
    const inside = [found, ...headingsUnder(page.headings, page.headings.indexOf(found))];
    if (inside.every(({ words }) => words === 0)) return say('is empty');
    const unwritten = inside.some(({ summary }) => TO_DO.test(summary)) || found.steps.some((step) => TO_DO.test(step));
    return unwritten ? say('is still to be written') : [];
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
export const orphanProblems = (page: Page, all: readonly Led[]): readonly Problem[] => {
  const here = all.filter((one) => one.page === page);
  if (here.length === 0) {
    const message = 'no check and no component leads into this runbook';
    const hint = 'refer to a section of it with `runbook:`, or remove it';
    return [problemAt(page, { line: 1, column: 1, length: 0 }, { message, hint, severity: 'warning' })];
  }
  const led = new Set(here.map(({ heading }) => heading));
  return page.headings.flatMap((heading, index) => {
    if (partOf(heading) !== null || led.has(heading) || partHeadings(page.headings, index).length === 0) return [];
    const message = `no check and no component leads to the section "${heading.title}"`;
    return [problemAt(page, headingPlace(page, heading), { message, severity: 'warning' })];
  });
};
