import { isAbsolute, posix, relative, resolve } from 'node:path';
import type { Json } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import { describeFound } from './describe.ts';
import type { Finding } from './finding.ts';
import { findingAt, findingWithoutPlace } from './finding.ts';
import { showCycle } from './graph.ts';
import type { LoadPorts } from './ports.ts';
import type { SourceFile } from './source-file.ts';
import { makeSourceFile } from './source-file.ts';
import { hasPlaceholder } from './template.ts';
import type { Path } from './yaml/places.ts';

/** More files than this are a pattern that caught too much. */
const MAX_FILES = 1000;

/** The root file and all that it includes, in order; each is read once. */
export type FilesRead = { readonly files: readonly SourceFile[]; readonly findings: readonly Finding[] };

type Reading = {
  readonly ports: LoadPorts;
  readonly files: Map<string, SourceFile>;
  readonly findings: Finding[];
};

export const readFiles = async (file: string, ports: LoadPorts): Promise<FilesRead> => {
  const reading: Reading = { ports, files: new Map(), findings: [] };
  const path = showPath(file, ports.workingDirectory);
  const read = await ports.readText(path);
  if (read.ok) await addFile(reading, path, read.text, [path]);
  else {
    const hint = read.reason.includes('exist')
      ? 'name the file with -c FILE, or write a first one with gonogo init'
      : null;
    reading.findings.push(findingWithoutPlace(`${path} cannot be read: it ${read.reason}`, hint));
  }
  return { files: [...reading.files.values()], findings: reading.findings };
};

/** A path as people know it: relative to the working folder where it can be, with `/`. */
const showPath = (path: string, workingDirectory: string): string =>
  (relative(workingDirectory, resolve(workingDirectory, path)) || path).replaceAll('\\', '/');

/** `chain` is how we came here: the files that include one another, this one last. */
const addFile = async (reading: Reading, path: string, text: string, chain: readonly string[]): Promise<void> => {
  const file = makeSourceFile(path, text);
  reading.files.set(path, file);
  for (const { message, hint, ...span } of file.faults) {
    reading.findings.push(findingAt(file, [], 'value', message, { hint, span }));
  }
  if (isJsonObject(file.value)) await includeAll(reading, file, file.value['include'], chain);
  else if (file.faults.length === 0) reading.findings.push(notAMapping(file));
};

const notAMapping = (file: SourceFile): Finding =>
  findingAt(file, [], 'value', `expected a mapping with keys such as checks:, found ${describeFound(file.value)}`);

const includeAll = async (reading: Reading, file: SourceFile, include: Json | undefined, chain: readonly string[]) => {
  const matched = await matchPatterns(file, 'include', include, reading.ports);
  reading.findings.push(...matched.findings);
  for (const { path, at } of matched.paths) {
    const seen = chain.indexOf(path);
    if (seen >= 0) {
      const cycle = showCycle(chain.slice(seen));
      reading.findings.push(findingAt(file, at, 'value', `the files include each other: ${cycle}`));
    } else if (!reading.files.has(path)) await includeOne(reading, file, path, at, chain);
  }
};

const includeOne = async (reading: Reading, from: SourceFile, path: string, at: Path, chain: readonly string[]) => {
  if (reading.files.size >= MAX_FILES) {
    reading.findings.push(findingAt(from, at, 'value', `more than ${MAX_FILES} files are included`));
    return;
  }
  const read = await reading.ports.readText(path);
  if (read.ok) await addFile(reading, path, read.text, [...chain, path]);
  else reading.findings.push(findingAt(from, at, 'value', `${path} cannot be read: it ${read.reason}`));
};

/** The files that the patterns of `include:` or `runbooks:` match; a pattern that matches none is a finding. */
export const matchPatterns = async (file: SourceFile, key: string, patterns: Json | undefined, ports: LoadPorts) => {
  const paths: { readonly path: string; readonly at: Path }[] = [];
  const findings: Finding[] = [];
  const folder = posix.dirname(file.path);
  for (const [index, pattern] of (Array.isArray(patterns) ? patterns : []).entries()) {
    const at = [key, index];
    const refusal = typeof pattern === 'string' ? refusePattern(pattern, key) : null;
    if (typeof pattern !== 'string' || pattern === '') continue;
    if (refusal !== null) {
      findings.push(findingAt(file, at, 'value', refusal));
      continue;
    }
    const found = (await ports.glob([pattern], folder)).map((path) => showPath(path, ports.workingDirectory));
    const outside = pattern.split('/').includes('..')
      ? undefined
      : found.find((path) => !isWithin(folder, path, ports));
    if (outside !== undefined) {
      const hint = 'write the pattern with .. if that is meant';
      findings.push(findingAt(file, at, 'value', `${outside} lies outside the folder of ${file.path}`, { hint }));
    } else if (found.length === 0)
      findings.push(
        findingAt(file, at, 'value', `no file matches "${pattern}"`, {
          hint: `patterns are relative to the folder of ${file.path}`,
        }),
      );
    else paths.push(...found.map((path) => ({ path, at })));
  }
  return { paths, findings };
};

const refusePattern = (pattern: string, key: string): string | null => {
  if (hasPlaceholder(pattern)) return `${key}: takes no placeholders: the files are read before variables are known`;
  return isAbsolute(pattern) ? `${key}: takes paths relative to this file, found an absolute one` : null;
};

const isWithin = (folder: string, path: string, { workingDirectory }: LoadPorts): boolean => {
  const way = relative(resolve(workingDirectory, folder), resolve(workingDirectory, path));
  return !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..';
};
