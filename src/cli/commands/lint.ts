import { resolve } from 'node:path';
import { statSync } from 'node:fs';
import { renderProblems } from '../../config/frame.ts';
import { MAX_FILE_BYTES } from '../../config/ports.ts';
import type { Problem } from '../../config/problem.ts';
import { parseDuration } from '../../matchers/units.ts';
import { UsageError } from '../../model/fault.ts';
import { readRunbook } from '../../runbooks/read-runbook.ts';
import { isExternal, linkedPath, linksOf, type Target } from '../../runbooks/lint/links.ts';
import { lintRunbooks } from '../../runbooks/lint/lint.ts';
import { readPage, type Page } from '../../runbooks/lint/page.ts';
import { clock } from '../../shell/clock.ts';
import { readText } from '../../shell/files.ts';
import type { Execute } from '../command.ts';
import { loadWithRunbooks } from '../load-project.ts';
import type { ParsedOptions } from '../parse.ts';
import { print } from '../print.ts';
import type { World } from '../world.ts';

const STALE_MS = 180 * 86_400_000;

/** `gonogo lint [FILE...]`: what is wrong with the runbooks that these configurations lead to. */
export const execute: Execute = async (options, world) => {
  const staleMs = staleAfter(options);
  const named = [...options.words, ...options.values('config')];
  const files = named.length === 0 ? ['gonogo.yaml'] : named;
  const environment = options.value('environment');
  const loaded: Awaited<ReturnType<typeof loadWithRunbooks>>[] = [];
  for (const file of files) loaded.push(await loadWithRunbooks({ file, environment, strict: false }, world, 'lint'));
  const runbooks = new Map(loaded.flatMap(({ runbooks: { texts } }) => [...texts]));
  const pages = [...runbooks].map(([path, text]) => readPage(path, text));
  const targets = await targetsOf(pages, runbooks, world);
  const linted = lintRunbooks({
    projects: loaded.map(({ config, runbooks: { sections } }) => ({ config, sections })),
    texts: runbooks,
    targetOf: (path) => targets.get(path) ?? null,
    today: clock.now(),
    staleMs,
  });
  const problems: readonly Problem[] = [
    ...loaded.flatMap(({ runbooks: { problems: dead }, warnings }) => [...dead, ...warnings]),
    ...linted.problems,
    ...(options.has('links') ? await externalProblems(pages, world) : []),
  ];
  const strict = options.has('strict');
  const failed = problems.some(({ severity }) => strict || severity === 'error');
  const texts = new Map([...loaded.flatMap((one) => [...one.texts]), ...runbooks]);
  const text = options.has('json')
    ? `${JSON.stringify({ problems, notes: linted.notes }, null, 2)}\n`
    : lintText(problems, linted.notes, texts, { runbooks: runbooks.size, sections: linted.sections });
  const printed = await print(world, text);
  return printed === 0 ? (failed ? 1 : 0) : printed;
};

const staleAfter = (options: ParsedOptions): number => {
  const text = options.value('stale-after');
  if (text === null) return STALE_MS;
  const ms = parseDuration(text);
  if (ms !== null && ms > 0) return ms;
  throw new UsageError(`--stale-after takes a duration, found "${text}"`, 'for example --stale-after 90d');
};

const externalProblems = async (pages: readonly Page[], world: World): Promise<readonly Problem[]> => {
  const { externalLinkProblems } = await import('../external-links.ts');
  return externalLinkProblems(pages.flatMap(linksOf).filter(isExternal), world);
};

/** What every relative link of these pages leads to. */
const targetsOf = async (
  pages: readonly Page[],
  runbooks: ReadonlyMap<string, string>,
  { workingDirectory }: World,
): Promise<ReadonlyMap<string, Target>> => {
  const links = pages.flatMap(linksOf).filter((link) => !isExternal(link));
  const targets = new Map<string, Target>();
  for (const path of new Set(links.flatMap((link) => linkedPath(link) ?? []))) {
    const file = resolve(workingDirectory, path);
    if (statSync(file, { throwIfNoEntry: false }) === undefined) continue;
    const known = runbooks.get(path) ?? (path.endsWith('.md') ? await readText(file, MAX_FILE_BYTES) : null);
    const text = typeof known === 'string' ? known : known?.ok === true ? known.text : null;
    targets.set(path, text === null ? 'file' : new Set(readRunbook(text).map(({ anchor }) => anchor)));
  }
  return targets;
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const lintText = (
  problems: readonly Problem[],
  notes: readonly string[],
  texts: ReadonlyMap<string, string>,
  seen: { readonly runbooks: number; readonly sections: number },
): string => {
  const said = notes.map((note) => `note: ${note}\n\n`).join('');
  if (problems.length > 0) return `${said}${renderProblems(problems, texts)}`;
  return `${said}${counted(seen.runbooks, 'runbook')} with ${counted(seen.sections, 'section')} in use: nothing to mend\n`;
};
