import type { Config } from '../config/config.ts';
import { CONFIG_FILE } from '../config/config-file.ts';
import { renderEach } from '../config/frame.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Problem } from '../config/problem.ts';
import { ConfigError } from '../model/fault.ts';
import type { RunbookSection } from '../model/run.ts';
import type { SourceLookup } from '../report/reporter.ts';
import { makeLoadPorts } from '../shell/config-files.ts';
import type { ParsedOptions } from './parse.ts';
import type { World } from './world.ts';

/** A configuration that may run: loaded, checked, and with every runbook section that it points to. */
export type Project = {
  readonly config: Config;
  readonly sections: { readonly [reference: string]: RunbookSection };
  /** What the Impact part of a section says, by the section's address; only where there is one. */
  readonly impacts: ReadonlyMap<string, string>;
  /** Problems that do not stop a run, rendered with their place. */
  readonly warnings: readonly string[];
  readonly sourceOf: SourceLookup;
};

const inOrder = (problems: readonly Problem[]): readonly Problem[] =>
  problems.toSorted(
    (a, b) =>
      (a.position?.file ?? '').localeCompare(b.position?.file ?? '') ||
      (a.position?.line ?? 0) - (b.position?.line ?? 0) ||
      (a.position?.column ?? 0) - (b.position?.column ?? 0),
  );

const render = (problems: readonly Problem[], texts: ReadonlyMap<string, string>): readonly string[] =>
  renderEach(inOrder(problems), texts);

/** Throws `ConfigError` with every problem of every file, or answers the project. */
const refuse = (problems: readonly Problem[], texts: ReadonlyMap<string, string>): never => {
  const count = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}; nothing was probed`;
  throw new ConfigError(`${[...render(problems, texts), count].join('\n\n')}\n`, problems.length);
};

const hasReferences = ({ checks, scenarios, manual, components }: Config): boolean =>
  [...checks, ...scenarios, ...manual].some(({ runbook }) => runbook !== null) ||
  [...components.values()].some(({ runbook }) => runbook.default !== null || runbook.byCode.size > 0);

/** The runbook sections that are referred to; the module that reads Markdown is only imported where there are any. */
const resolveSections = async (config: Config, ports: ReturnType<typeof makeLoadPorts>) => {
  const texts = new Map<string, string>();
  if (!hasReferences(config)) return { sections: {}, impacts: new Map<string, string>(), problems: [], texts };
  const unreadable: Problem[] = [];
  for (const path of config.runbooks) {
    const file = await ports.readText(path);
    if (file.ok) texts.set(path, file.text);
    else {
      const message = `the runbook ${path} cannot be read: it ${file.reason}`;
      unreadable.push({ severity: 'error', message, hint: null, position: null, length: 0 });
    }
  }
  const { resolveRunbooks } = await import('../runbooks/resolve-runbooks.ts');
  const { sections, impacts, problems } = resolveRunbooks(config, texts);
  return { sections, impacts, problems: [...unreadable, ...problems], texts };
};

/** Single lines of the files that were read; a file is cut into lines when its first one is asked for. */
const lineLookup = (texts: ReadonlyMap<string, string>): SourceLookup => {
  const lines = new Map<string, readonly string[]>();
  return (file, line) => {
    const known = lines.get(file) ?? texts.get(file)?.split(/\r?\n/) ?? [];
    lines.set(file, known);
    return known[line - 1] ?? null;
  };
};

/** What is asked of loading, besides the world. */
type Asked = { readonly file: string; readonly environment: string | null; readonly strict: boolean };

/**
 * Reads a file and everything it includes, and looks up its runbook sections; references that lead nowhere are
 * answered as problems. Throws `ConfigError` with every problem of the files themselves.
 */
export const loadWithRunbooks = async ({ file, environment, strict }: Asked, world: World, runId: string) => {
  const ports = makeLoadPorts({ ...world, runId });
  const loaded = await loadConfig({ file, environment, strict }, ports);
  if (!loaded.ok) return refuse(loaded.problems, loaded.texts);
  return { ...loaded, runbooks: await resolveSections(loaded.config, ports) };
};

/** Reads the file that the options name, everything it includes and the runbooks; every problem at once. */
export const loadProject = async (options: ParsedOptions, world: World, runId: string): Promise<Project> => {
  const asked = {
    file: options.value('config') ?? CONFIG_FILE,
    environment: options.value('environment'),
    strict: options.has('strict'),
  };
  const { config, texts, warnings, runbooks } = await loadWithRunbooks(asked, world, runId);
  const { sections, impacts, problems } = runbooks;
  if (problems.length > 0) return refuse([...problems, ...warnings], texts);
  return { config, sections, impacts, warnings: render(warnings, texts), sourceOf: lineLookup(texts) };
};
