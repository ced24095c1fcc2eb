import { matchesGlob, posix } from 'node:path';
import type { Check, Config } from '../src/config/config.ts';
import type { Loaded } from '../src/config/load-config.ts';
import { loadConfig } from '../src/config/load-config.ts';
import type { FileText, LoadPorts } from '../src/config/ports.ts';

/** Loading from texts in memory, for tests. */

export type Given = {
  readonly files: { readonly [path: string]: string };
  readonly environment?: { readonly [name: string]: string | undefined };
  readonly secretFiles?: { readonly [path: string]: string };
  readonly hashes?: { readonly [path: string]: string };
  readonly chosen?: string;
  readonly strict?: boolean;
};

const readFrom =
  (files: { readonly [path: string]: string }) =>
  async (path: string): Promise<FileText> => {
    const text = files[path];
    return text === undefined ? { ok: false, reason: 'does not exist' } : { ok: true, text };
  };

const globIn = (files: readonly string[], pattern: string, folder: string): readonly string[] =>
  files.filter((path) => matchesGlob(path, posix.join(folder, pattern))).toSorted();

export const load = async (given: Given): Promise<Loaded> => {
  let count = 0;
  const ports: LoadPorts = {
    readText: readFrom(given.files),
    glob: async (patterns, folder) => patterns.flatMap((one) => globIn(Object.keys(given.files), one, folder)),
    hashFile: async (path) => given.hashes?.[path] ?? null,
    verifySignature: async () => 'no signature can be checked here',
    environment: given.environment ?? {},
    readSecretFile: readFrom(given.secretFiles ?? {}),
    uuid: () => `uuid-${(count += 1)}`,
    runId: 'run-7',
    workingDirectory: '/project',
  };
  const input = { file: 'gonogo.yaml', environment: given.chosen ?? null, strict: given.strict ?? false };
  return loadConfig(input, ports);
};

/** The configuration that a text stands for; throws with the messages when there is none. */
export const configOf = async (text: string, given: Omit<Given, 'files'> = {}): Promise<Config> => {
  const loaded = await load({ ...given, files: { 'gonogo.yaml': `version: 1\n${text}` } });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  return loaded.config;
};

export const firstCheckOf = async (text: string, given: Omit<Given, 'files'> = {}): Promise<Check> => {
  const [check] = (await configOf(text, given)).checks;
  if (check === undefined) throw new Error('there is no check');
  return check;
};

/** `line:column message` of every problem; empty when there is none. */
export const complaintsOf = async (text: string, given: Omit<Given, 'files'> = {}): Promise<readonly string[]> => {
  const loaded = await load({ ...given, files: { 'gonogo.yaml': `version: 1\n${text}` } });
  return loaded.ok
    ? []
    : loaded.problems.map(({ position, message }) => `${position?.line}:${position?.column} ${message}`);
};
