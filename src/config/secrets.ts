import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { LoadPorts } from './ports.ts';
import { readVariable } from './scope.ts';
import type { SourceFile } from './source-file.ts';
import { textsAt } from './written.ts';

/** Shorter secrets cannot be taken out of reports without taking out half of the words. */
export const MIN_SECRET_LENGTH = 6;

export type SecretsRead = {
  /** Every declared secret; null for one that is absent. */
  readonly values: ReadonlyMap<string, string | null>;
  readonly findings: readonly Finding[];
};

type Secret = { readonly value: string | null; readonly problem: string | null };

/** Reads what `secrets:` of all files name, from `NAME` or from the file that `NAME_FILE` points to. */
export const readSecrets = async (files: readonly SourceFile[], ports: LoadPorts): Promise<SecretsRead> => {
  const values = new Map<string, string | null>();
  const findings: Finding[] = [];
  for (const file of files) {
    for (const { text: name, path } of textsAt(file.value, ['secrets'])) {
      if (values.has(name)) continue;
      const { value, problem } = await readSecret(name, ports);
      values.set(name, value);
      if (problem !== null) findings.push(findingAt(file, path, 'value', problem));
    }
  }
  return { values, findings };
};

const readSecret = async (name: string, ports: LoadPorts): Promise<Secret> => {
  const direct = readVariable(ports.environment, name);
  const path = readVariable(ports.environment, `${name}_FILE`);
  if (direct !== null && path !== null) return refuse(`${name} and ${name}_FILE are both set: which one is meant?`);
  if (direct !== null) return judge(name, direct);
  if (path === null) return { value: null, problem: null };
  const file = await ports.readSecretFile(path);
  if (!file.ok) return refuse(`the file that ${name}_FILE points to cannot be read: it ${file.reason}`);
  const value = file.text.replace(/\r?\n$/, '');
  return value === '' ? refuse(`the file that ${name}_FILE points to is empty`) : judge(`${name}_FILE`, value);
};

const judge = (source: string, value: string): Secret =>
  value.length < MIN_SECRET_LENGTH
    ? refuse(`the secret in ${source} is shorter than ${MIN_SECRET_LENGTH} characters`)
    : { value, problem: null };

const refuse = (problem: string): Secret => ({ value: null, problem });
