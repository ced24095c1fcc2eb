import type { Check, Config } from '../../config/config.ts';
import type { RunbookSection } from '../../model/run.ts';
import { chooseSections } from '../choose-sections.ts';
import { sectionAt } from '../parts.ts';
import type { RunbookHeading } from '../read-runbook.ts';
import type { Page } from './page.ts';

/** A configuration, and the sections that its references were found to be. */
export type Project = { readonly config: Config; readonly sections: { readonly [reference: string]: RunbookSection } };

/** A section that somebody can be led to, and the checks that lead there. */
export type Led = {
  readonly page: Page;
  readonly heading: RunbookHeading;
  /** Index of the heading in its page. */
  readonly index: number;
  /** The steps of scenarios among them; manual items lead to sections too, and show no facts. */
  readonly checks: readonly Check[];
};

/** Every section that a reference leads to, each once, in the order of the pages. */
export const findLed = (projects: readonly Project[], pages: readonly Page[]): readonly Led[] => {
  const checksBySection = new Map<string, Check[]>();
  const led = new Set<string>();
  for (const { config, sections } of projects) {
    for (const { url } of Object.values(sections)) led.add(url);
    const leading = [
      ...config.checks.map((check) => ({ by: check, checks: [check] })),
      ...config.scenarios.map((one) => ({ by: one, checks: [...one.steps, ...one.cleanup].map(({ check }) => check) })),
    ];
    for (const { by, checks } of leading) {
      for (const reference of referencesOf(by, config)) {
        const url = sections[reference]?.url ?? '';
        checksBySection.set(url, [...(checksBySection.get(url) ?? []), ...checks]);
      }
    }
  }
  return pages.flatMap((page) => ledIn(page, led, checksBySection));
};

const ledIn = (
  page: Page,
  led: ReadonlySet<string>,
  checksBySection: ReadonlyMap<string, readonly Check[]>,
): readonly Led[] => {
  const found = new Map<number, Led>();
  for (const { anchor } of page.headings) {
    const url = `${page.path}#${anchor}`;
    const section = led.has(url) ? sectionAt(page.headings, anchor) : null;
    if (section === null) continue;
    const known = found.get(section.index)?.checks ?? [];
    found.set(section.index, { page, ...section, checks: [...known, ...(checksBySection.get(url) ?? [])] });
  }
  return [...found.values()];
};

/** The sections that a check can show, as the file names them. */
export const referencesOf = (check: Pick<Check, 'runbook' | 'component'>, config: Config): readonly string[] => {
  const { own, byCode, default: fallback } = chooseSections(check, config);
  if (own !== null) return [own];
  return [...Object.values(byCode), ...(fallback === null ? [] : [fallback])];
};
