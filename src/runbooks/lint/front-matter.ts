import type { Problem } from '../../config/problem.ts';
import { closest } from '../../model/suggest.ts';
import { problemAt, type Page, type Place } from './page.ts';

/** What the front matter of a runbook has to say, and who may be named in it. */
export type FrontMatterRules = {
  readonly today: Date;
  readonly staleMs: number;
  /** Ids of owners; empty where no configuration declares any. */
  readonly owners: ReadonlySet<string>;
};

type Entry = { readonly name: string; readonly value: string; readonly place: Place };

const DAY_MS = 86_400_000;
const HINT = 'begin the file with a line "---", then "owner: ..." and "last-reviewed: 2026-12-01", then "---"';

/** Whose runbook it is, and when somebody last looked whether it is still true. */
export const frontMatterProblems = (page: Page, rules: FrontMatterRules): readonly Problem[] => {
  const entries = readFrontMatter(page);
  if (entries === null) {
    const message =
      'there is no front matter: nobody can tell who answers for this runbook, and whether it is still true';
    return [problemAt(page, { line: 1, column: 1, length: page.lines[0]?.length ?? 0 }, { message, hint: HINT })];
  }
  const owners = entries.filter(({ name }) => name === 'owner');
  const reviews = entries.filter(({ name }) => name === 'last-reviewed');
  return [
    ...[...owners.slice(1), ...reviews.slice(1)].map(({ name, place }) =>
      problemAt(page, place, { message: `the front matter says "${name}" twice`, hint: 'leave one of them' }),
    ),
    ...ownerProblems(page, owners[0], rules),
    ...reviewProblems(page, reviews[0], rules),
  ];
};

/** The entries between the two lines `---`, in their order; null where the file does not begin with them. `_` counts as `-`. */
const readFrontMatter = ({ lines }: Page): readonly Entry[] | null => {
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end === -1) return null;
  return lines.slice(1, end).flatMap((line, index): readonly Entry[] => {
    const [, lead = '', name = '', gap = '', written = ''] = /^(\s*)([\w-]+)(\s*:\s*)(.*?)\s*$/.exec(line) ?? [];
    if (name === '') return [];
    const value = written.replace(/\s+#.*$/, '').replace(/^(['"])(.*)\1$/, '$2');
    const column = lead.length + name.length + gap.length + 1;
    return [{ name: name.replaceAll('_', '-'), value, place: { line: index + 2, column, length: written.length } }];
  });
};

const missing = (page: Page, name: string): readonly Problem[] => [
  problemAt(
    page,
    { line: 1, column: 1, length: 3 },
    { message: `the front matter does not say "${name}"`, hint: HINT },
  ),
];

const ownerProblems = (page: Page, owner: Entry | undefined, { owners }: FrontMatterRules): readonly Problem[] => {
  if (owner === undefined || owner.value === '') return missing(page, 'owner');
  if (owners.size === 0 || owners.has(owner.value)) return [];
  const near = closest(owner.value, owners);
  const hint = near === null ? `the owners are ${[...owners].join(', ')}` : `did you mean "${near}"?`;
  const message = `no configuration knows the owner "${owner.value}"`;
  return [problemAt(page, owner.place, { message, hint, severity: 'warning' })];
};

const reviewProblems = (page: Page, reviewed: Entry | undefined, rules: FrontMatterRules): readonly Problem[] => {
  if (reviewed === undefined || reviewed.value === '') return missing(page, 'last-reviewed');
  const { today, staleMs } = rules;
  const atMs = dateMs(reviewed.value);
  if (atMs === null) {
    const message = `"${reviewed.value}" is no date`;
    return [problemAt(page, reviewed.place, { message, hint: 'write it as 2026-12-01' })];
  }
  // The day has begun somewhere before it begins here.
  if (atMs > today.getTime() + DAY_MS)
    return [problemAt(page, reviewed.place, { message: 'the last review lies in the future' })];
  const days = Math.floor((today.getTime() - atMs) / DAY_MS);
  if (today.getTime() - atMs <= staleMs) return [];
  const message = `it was last reviewed ${days} days ago: longer than ${Math.floor(staleMs / DAY_MS)} days`;
  const hint = 'see whether it is still true, then write the day of today';
  return [problemAt(page, reviewed.place, { message, hint, severity: 'warning' })];
};

/** A day of the calendar as the time of its beginning in UTC; null for what is none, such as 2026-02-30. */
const dateMs = (text: string): number | null => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text ? null : ms;
};
