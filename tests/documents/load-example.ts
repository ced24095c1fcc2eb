import { parse, stringify } from 'yaml';
import { renderProblems } from '../../src/config/frame.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { LoadPorts } from '../../src/config/ports.ts';
import { resolveRunbooks } from '../../src/runbooks/resolve-runbooks.ts';
import { folderPorts } from '../load-fixture.ts';
import { configurationFiles, ROOT, textOf } from './documents.ts';
import { stubsFor, wrapExample } from './wrap-example.ts';

const FILE = 'gonogo.yaml';
const STUBS = 'stubs-for-the-example.yaml';

/** What a variable of this name probably holds. */
const plausible = (name: string): string => {
  if (name.endsWith('_PORT')) return '8443';
  if (name.startsWith('DATABASE')) return 'postgres://user:a-plausible-secret@db.example/app';
  if (name.startsWith('PAGERDUTY')) return 'R'.repeat(32);
  if (name.endsWith('_SHA')) return '0123456789abcdef0123456789abcdef01234567';
  if (/(URL|ORIGIN|ENDPOINT|WEBHOOK)$/.test(name)) return 'https://service.example';
  if (/(SERVER|RESOLVER|ADDRESS)$/.test(name)) return '127.0.0.1:5353';
  if (/(TOKEN|SECRET|PASSWORD|KEY)$/.test(name)) return 'a-plausible-secret';
  return 'example';
};

/** Every variable and secret that a text names, with a value. */
const environmentFor = (text: string): LoadPorts['environment'] => {
  const names = [...text.matchAll(/\$\{(?:env|secret)\.(\w+)\}/g)].map((match) => match[1] ?? '');
  const secrets = /^secrets: *\[(.*)\]/m.exec(text)?.[1]?.split(',') ?? [];
  return Object.fromEntries([...names, ...secrets.map((name) => name.trim())].map((name) => [name, plausible(name)]));
};

const environmentsOf = (text: string): readonly (string | null)[] => {
  const { environments = {} }: { environments?: object } = parse(text) ?? {};
  return [null, ...Object.keys(environments)];
};

/** An example's world: itself, the stubs that it includes, and one file for each pattern that it names. */
const portsFor = (text: string, stubs: string): LoadPorts => ({
  readText: async (path) => {
    if (path === FILE) return { ok: true, text };
    if (path.endsWith('signoffs.yaml')) return { ok: false, reason: 'does not exist' };
    if (path === STUBS) return { ok: true, text: stubs };
    return { ok: true, text: 'name: a file that the example includes' };
  },
  glob: async (patterns) => patterns.map((pattern) => pattern.replaceAll('*', 'example')),
  environment: environmentFor(text),
  readSecretFile: async () => ({ ok: false, reason: 'does not exist' }),
  hashFile: async () => null,
  verifySignature: async () => 'no signature can be checked here',
  uuid: () => '00000000-0000-4000-8000-000000000000',
  runId: 'example-run',
  workingDirectory: '/project',
});

const rendered = (...problems: Parameters<typeof renderProblems>): string => renderProblems(...problems).trim();

const problemsOf = async (file: string, environment: string | null, ports: LoadPorts): Promise<string> => {
  const loaded = await loadConfig({ file, environment, strict: false }, ports);
  return loaded.ok ? '' : rendered(loaded.problems, loaded.texts);
};

/** The file with the stubs among what it includes. */
const including = (text: string): string => {
  const { include = [] }: { include?: readonly string[] } = parse(text);
  const line = `include: ${JSON.stringify([...include, STUBS])}`;
  return include.length === 0 ? `${text}\n${line}\n` : text.replace(/^include:.*$/m, line);
};

/** What is wrong with a YAML example of a document, rendered as a person would see it; empty when nothing is. */
export const exampleProblems = async (example: string): Promise<string> => {
  const wrapped = wrapExample(example);
  if (wrapped === null) return 'it is neither a file nor a part of one';
  const whole = wrapped.kind === 'file';
  const text = whole ? wrapped.file : including(withSecrets(wrapped.file));
  const ports = portsFor(text, whole ? '' : stringify(stubsFor(parse(wrapped.file))));
  const found = await Promise.all(environmentsOf(text).map((name) => problemsOf(FILE, name, ports)));
  return found.find((problems) => problems !== '') ?? '';
};

/** A fragment may use a secret that the whole file declares. */
const withSecrets = (text: string): string => {
  const names = [...new Set([...text.matchAll(/\$\{secret\.(\w+)\}/g)].map((match) => match[1] ?? ''))];
  return /^secrets:/m.test(text) || names.length === 0 ? text : `${text}\nsecrets: [${names.join(', ')}]\n`;
};

/** Loads a file of the project and all that it includes, with plausible values for the variables that it names. */
export const loadFile = (path: string): ReturnType<typeof loadConfig> => {
  const ports = folderPorts(ROOT, environmentFor(configurationFiles().map(textOf).join('\n')));
  return loadConfig({ file: path, environment: null, strict: true }, ports);
};

/** What is wrong with a file of the project and all that it includes, its runbooks too; and which files these are. */
export const fileProblems = async (
  path: string,
): Promise<{ readonly problems: string; readonly files: readonly string[] }> => {
  const loaded = await loadFile(path);
  const files = [...loaded.texts.keys()];
  if (!loaded.ok) return { problems: rendered(loaded.problems, loaded.texts), files };
  const runbooks = new Map(loaded.config.runbooks.map((runbook) => [runbook, textOf(runbook)]));
  const { problems } = resolveRunbooks(loaded.config, runbooks);
  return { problems: rendered(problems, loaded.texts), files };
};
