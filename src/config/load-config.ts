import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Config } from './config.ts';
import { declare } from './declarations.ts';
import { fillFile } from './fill.ts';
import { fitTexts } from './fit-texts.ts';
import type { Finding } from './finding.ts';
import { findingAt, findingWithoutPlace, toProblems } from './finding.ts';
import { KINDS } from './kinds.ts';
import { expandMatrices } from './matrix.ts';
import type { LoadPorts } from './ports.ts';
import type { Problem } from './problem.ts';
import { resolveNotify, type ResolvedNotify } from './notify.ts';
import { matchPatterns, readFiles } from './read-files.ts';
import { resolveConfig } from './resolve-config.ts';
import { readSignOffs, SIGN_OFFS } from './readiness/sign-offs.ts';
import { readSecrets } from './secrets.ts';
import type { SourceFile } from './source-file.ts';
import { valueAt } from './value-at.ts';
import { applyEnvironment, resolveVariables } from './variables.ts';
import { mapAt, textAt, textsAt } from './written.ts';

export type LoadInput = {
  readonly file: string;
  /** The chosen environment; null for none. */
  readonly environment: string | null;
  /** Turns what is only doubtful into errors. */
  readonly strict: boolean;
};

/** The texts of all files that were read, by path, are for showing the lines of problems. */
export type Loaded =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly Problem[]; readonly texts: Texts }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly texts: Texts };

type Texts = ReadonlyMap<string, string>;

const NOBODY: ResolvedNotify = { notify: [], findings: [] };

/**
 * Reads the configuration with all that it includes, fills its placeholders, and checks and resolves it. Answers a
 * configuration in which nothing is left to find out, or every problem of every file at once.
 */
export const loadConfig = async (input: LoadInput, ports: LoadPorts): Promise<Loaded> => {
  const { files: written, findings: unread } = await readFiles(input.file, ports);
  const expanded = written.map(expandMatrices);
  const files = expanded.map(({ file }) => file);
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const [root] = files;
  let known = files;
  const refuse = (findings: readonly Finding[]): Loaded => ({
    ok: false,
    problems: toProblems(findings, known),
    texts,
  });
  if (root === undefined) return refuse(unread);
  const declared = declare(files);
  const secrets = await readSecrets(files, ports);
  const runbooks = await findRunbooks(files, ports);
  const signOffsFile = signOffsPath(root);
  const signers = await findSigners(root, ports);
  const signOffs = await readSignOffs(signOffsFile, ports, signers.path);
  if (signOffs.file !== null) texts.set(signOffs.file.path, signOffs.file.text);
  if (signOffs.file !== null) known = [...files, signOffs.file];
  const chosen = applyEnvironment(declared.sections.vars, root, input.environment);
  const scope = {
    environment: ports.environment,
    secrets: secrets.values,
    variables: new Map(),
    captured: null,
    matrix: null,
    runId: ports.runId,
    uuid: ports.uuid,
  };
  const variables = resolveVariables(chosen.vars, scope, requiredVariables(files));
  const whole = { ...scope, variables: variables.values };
  const filled = files.map((file) => fitTexts(fillFile(file, whole)));
  const matrices = expanded.flatMap(({ findings }) => findings);
  const before = [
    unread,
    matrices,
    declared.findings,
    secrets.findings,
    runbooks.findings,
    chosen.findings,
    variables.findings,
    signers.findings,
    signOffs.findings,
  ];
  const resolved = resolveConfig({
    root,
    filled,
    sections: declared.sections,
    complete: unread.length === 0,
    environment: ports.environment,
    secrets: secrets.values,
    scope: whole,
    signOffs: signOffs.signOffs,
    strict: input.strict,
    chosen: input.environment,
    kinds: KINDS,
  });
  const [first] = filled;
  const hidden = [...secrets.values.values()].filter((value) => value !== null);
  const told = first === undefined ? NOBODY : resolveNotify(first, input.environment, hidden);
  const findings = [
    ...before.flat(),
    ...filled.flatMap((file) => file.findings),
    ...resolved.findings,
    ...told.findings,
  ];
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return refuse(errors);
  if (resolved.config === null) return refuse([findingWithoutPlace('the configuration is not usable')]);
  const config: Config = {
    ...resolved.config,
    environment: input.environment,
    digest: digestOf(files),
    runbooks: runbooks.paths,
    signOffsFile,
    allowedSigners: signers.path,
    notify: told.notify,
    secrets: new Map([...secrets.values].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))),
  };
  return { ok: true, config, warnings: toProblems(findings, known), texts };
};

/** Beside the file that is started from, unless it says where. */
const signOffsPath = (root: SourceFile): string =>
  posix.join(posix.dirname(root.path), textAt(root.value, ['sign-offs']) ?? SIGN_OFFS);

/** The file of keys with which sign-offs have to be signed; one that is named and cannot be read is an error. */
const findSigners = async (root: SourceFile, ports: LoadPorts) => {
  const name = textAt(root.value, ['allowed-signers']);
  if (name === null) return { path: null, findings: [] };
  const path = posix.join(posix.dirname(root.path), name);
  const read = await ports.readText(path);
  const message = read.ok ? '' : `the file of allowed signers ${path} ${read.reason}`;
  return { path, findings: read.ok ? [] : [findingAt(root, ['allowed-signers'], 'value', message)] };
};

const findRunbooks = async (files: readonly SourceFile[], ports: LoadPorts) => {
  const paths = new Set<string>();
  const findings: Finding[] = [];
  for (const file of files) {
    const matched = await matchPatterns(file, 'runbooks', valueAt(file.value, ['runbooks']), ports);
    findings.push(...matched.findings);
    for (const { path, at } of matched.paths) {
      if (/\.(md|markdown)$/i.test(path)) paths.add(path);
      else findings.push(findingAt(file, at, 'value', `${path} is not a Markdown file (.md)`));
    }
  }
  return { paths: [...paths], findings };
};

/** Environment variables that some check names under `requires:`. */
const requiredVariables = (files: readonly SourceFile[]): ReadonlySet<string> =>
  new Set(
    files.flatMap((file) =>
      [mapAt(file.value, ['checks']), mapAt(file.value, ['scenarios'])]
        .flatMap((entries) => Object.values(entries))
        .flatMap((entry) => textsAt(entry, ['requires']).map(({ text }) => text)),
    ),
  );

const digestOf = (files: readonly SourceFile[]): string => {
  const hash = createHash('sha256');
  for (const { path, text } of files) hash.update(`${path.length}:${text.length}:${path}${text}`);
  return hash.digest('hex');
};
