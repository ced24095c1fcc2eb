import type { Config, RunbookReference } from '../config/config.ts';
import type { Problem } from '../config/problem.ts';
import type { RunbookSection } from '../model/run.ts';
import { closest } from '../model/suggest.ts';
import { partsOf } from './parts.ts';
import { readRunbook, type RunbookHeading } from './read-runbook.ts';

/** Every section that the configuration points to, by the reference as written. */
export type Runbooks = {
  readonly sections: { readonly [reference: string]: RunbookSection };
  /** What the Impact part of a section says, by the section's address; only where there is one. */
  readonly impacts: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
};

type Found = { readonly section: RunbookSection } | { readonly message: string; readonly hint: string | null };

const MOST_NAMED = 12;

const endsWithPath = (path: string, end: string): boolean => path === end || path.endsWith(`/${end}`);

const find = (reference: string, headings: ReadonlyMap<string, readonly RunbookHeading[]>): Found => {
  const [file = '', anchor = ''] = reference.split('#');
  const paths = [...headings.keys()].filter((path) => endsWithPath(path, file));
  const [path] = paths;
  if (path === undefined) {
    return {
      message: `no runbook file ends with "${file}"`,
      hint:
        headings.size === 0
          ? 'list the files under `runbooks:`, for example `runbooks: [docs/runbooks/*.md]`'
          : `the runbook files are ${[...headings.keys()].join(', ')}`,
    };
  }
  if (paths.length > 1) {
    return {
      message: `"${file}" fits ${paths.length} runbook files: ${paths.join(', ')}`,
      hint: 'write more of the path',
    };
  }
  const sections = headings.get(path) ?? [];
  const heading = sections.find((candidate) => candidate.anchor === anchor);
  if (heading === undefined) {
    const near = closest(
      anchor,
      sections.map((candidate) => candidate.anchor),
    );
    return {
      message: `${path} has no section "#${anchor}"`,
      hint: near === null ? sectionsText(sections) : `did you mean "#${near}"?`,
    };
  }
  const { title, steps } = heading;
  return { section: { file: path, anchor, title, url: `${path}#${anchor}`, steps: [...steps] } };
};

const sectionsText = (sections: readonly RunbookHeading[]): string =>
  sections.length === 0 ? 'it has no headings' : `its sections are ${named(sections.map((one) => `#${one.anchor}`))}`;

const named = (anchors: readonly string[]): string =>
  anchors.length > MOST_NAMED
    ? `${anchors.slice(0, MOST_NAMED).join(', ')} and ${anchors.length - MOST_NAMED} more`
    : anchors.join(', ');

const referencesOf = (config: Config): readonly RunbookReference[] => [
  ...[...config.checks, ...config.scenarios, ...config.manual].flatMap((check) =>
    check.runbook === null ? [] : [check.runbook],
  ),
  ...[...config.components.values()].flatMap(({ runbook }) => [
    ...runbook.byCode.values(),
    ...(runbook.default === null ? [] : [runbook.default]),
  ]),
];

/** Looks up every runbook reference of the configuration in the given files (path -> Markdown); pure. */
export const resolveRunbooks = (config: Config, texts: ReadonlyMap<string, string>): Runbooks => {
  const headings = new Map([...texts].map(([path, text]) => [path, readRunbook(text)]));
  const sections = new Map<string, RunbookSection>();
  const problems: Problem[] = [];
  for (const { reference, source } of referencesOf(config)) {
    if (sections.has(reference)) continue;
    const found = find(reference, headings);
    if ('section' in found) sections.set(reference, found.section);
    else problems.push({ severity: 'error', ...found, position: source, length: reference.length });
  }
  return { sections: Object.fromEntries(sections), impacts: impactsOf([...sections.values()], headings), problems };
};

const impactsOf = (
  sections: readonly RunbookSection[],
  headings: ReadonlyMap<string, readonly RunbookHeading[]>,
): ReadonlyMap<string, string> =>
  new Map(
    sections.flatMap(({ file, anchor, url }) => {
      const summary = partsOf(headings.get(file) ?? [], anchor).get('Impact')?.summary ?? '';
      return summary === '' ? [] : [[url, summary] as const];
    }),
  );
