import type { Problem } from '../../config/problem.ts';
import { coverageNotes } from './coverage.ts';
import { frontMatterProblems, type FrontMatterRules } from './front-matter.ts';
import { findLed, type Project } from './led.ts';
import { linkProblems, type Target } from './links.ts';
import { readPage } from './page.ts';
import { commandProblems, placeholderProblems } from './placeholders.ts';
import { orphanProblems, sectionProblems } from './sections.ts';

/** What runbooks are held against. */
export type LintInput = Omit<FrontMatterRules, 'owners'> & {
  /** Every configuration that refers to them: a section is an orphan when none of them leads there. */
  readonly projects: readonly Project[];
  /** The runbook files, path to Markdown. */
  readonly texts: ReadonlyMap<string, string>;
  /** What a path in a relative link leads to. */
  readonly targetOf: (path: string) => Target;
};

export type Linted = {
  readonly problems: readonly Problem[];
  /** What is no fault, and may still surprise somebody at night. */
  readonly notes: readonly string[];
  readonly sections: number;
};

/** Everything that is wrong with runbooks, in the order of the files and then of their lines. Pure. */
export const lintRunbooks = ({ projects, texts, targetOf, today, staleMs }: LintInput): Linted => {
  const pages = [...texts].map(([path, text]) => readPage(path, text));
  const led = findLed(projects, pages);
  const owners = new Set(projects.flatMap(({ config }) => [...config.owners.keys()]));
  const problems = pages.flatMap((page) =>
    [
      ...frontMatterProblems(page, { today, staleMs, owners }),
      ...led.flatMap((one) =>
        one.page === page ? [...sectionProblems(one), ...placeholderProblems(one), ...commandProblems(one)] : [],
      ),
      ...orphanProblems(page, led),
      ...linkProblems(page, targetOf),
    ].toSorted(byPlace),
  );
  return { problems, notes: coverageNotes(projects), sections: led.length };
};

const byPlace = (a: Problem, b: Problem): number =>
  (a.position?.line ?? 0) - (b.position?.line ?? 0) || (a.position?.column ?? 0) - (b.position?.column ?? 0);
