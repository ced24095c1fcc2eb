import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StackState } from './stack.ts';

/** What lies in plain text in the broken state: no report may show it. */
export const PLAIN_PASSWORD = 'hunter2-of-the-production-database';

const writeInto = (folder: string, path: string, text: string, mode = 0o644): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  chmodSync(join(folder, path), mode);
};

/** Writes what is deployed: closed, or with a credential in plain text and a key that everybody can read. */
export const writeDeployment = (folder: string, state: StackState): void => {
  const broken = state === 'broken';
  rmSync(folder, { recursive: true, force: true });
  writeInto(folder, '.env.example', 'DATABASE_PASSWORD=\n');
  writeInto(
    folder,
    'gateway.yaml',
    `listen: 8443\ndatabase:\n  password: ${broken ? PLAIN_PASSWORD : '${DB_PASSWORD}'}\n`,
  );
  writeInto(folder, 'keys/gateway.key', 'the bytes of a key\n', broken ? 0o644 : 0o600);
  if (broken) writeInto(folder, 'jobs/.env.production', `DATABASE_PASSWORD=${PLAIN_PASSWORD}\n`);
};

const runbook = (of: string, sections: readonly string[]): string =>
  [`# ${of}`, ...sections.map((section) => `## ${section}\n\nWhat there is to say of the ${of}.`), ''].join('\n\n');

/** Writes the runbooks: all three, or one too few and one that does not say what to do. */
export const writeRunbooks = (folder: string, state: StackState): void => {
  const all = ['Meaning', 'Impact', 'Diagnosis', 'Mitigation'];
  rmSync(folder, { recursive: true, force: true });
  writeInto(folder, 'gateway.md', runbook('gateway', all));
  writeInto(folder, 'agents.md', runbook('agents', state === 'broken' ? all.slice(0, 3) : all));
  if (state === 'healed') writeInto(folder, 'vault.md', runbook('vault', all));
};
