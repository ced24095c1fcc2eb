import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BROKEN_FILES, HEALED_FILES, LINT } from './pipeline-files.ts';
import type { StackState } from './stack.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const daysAgo = (days: number): Date => new Date(Date.now() - days * DAY_MS);

const record = (of: string, days: number, result: string): readonly [path: string, text: string] => [
  `evidence/${of}.json`,
  `${JSON.stringify({ of, performedAt: daysAgo(days).toISOString(), result, by: 'delivery' }, null, 2)}\n`,
];

const evidence = (state: StackState): readonly (readonly [path: string, text: string])[] =>
  state === 'healed'
    ? [record('restore-test', 12, 'pass'), record('load-test', 3, 'pass'), record('dependency-audit', 1, 'pass')]
    : [record('load-test', 41, 'pass'), record('dependency-audit', 2, 'fail')];

const rehearsal = (state: StackState): string =>
  ['announce', 'deploy', 'smoke', 'roll back']
    .map((step) => `${JSON.stringify({ step, at: daysAgo(state === 'healed' ? 5 : 45).toISOString(), ok: true })}\n`)
    .join('');

/** How the lint of the repository ends: by its errors, with 0 whatever it found, or not at all as it should. */
export type LintEnding = 'honest' | 'masked' | 'crashes';

const ENDINGS: { readonly [Name in LintEnding]: string } = {
  honest: 'process.exitCode = errors === 0 ? 0 : 1;',
  masked: 'process.exitCode = 0;',
  crashes: 'process.exitCode = noSuchName;',
};

/** Writes a small repository: Dockerfile, workflows, scripts, a lint of its own, and evidence for a launch. */
const writeRepository = (root: string, state: StackState, lint: LintEnding): void => {
  const files = {
    ...(state === 'healed' ? HEALED_FILES : BROKEN_FILES),
    ...Object.fromEntries(evidence(state)),
    'scripts/lint.js': `${LINT}${ENDINGS[lint]}\n`,
    'var/rehearsal.jsonl': rehearsal(state),
  };
  rmSync(root, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const written = daysAgo(state === 'healed' ? 5 : 45);
  utimesSync(join(root, 'var/rehearsal.jsonl'), written, written);
};

/** A repository on disk; `environment` holds the variable that `checks/delivery-pipeline.yaml` reads. */
export const startPipeline = async (state: StackState) => {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-pipeline-'));
  const root = join(folder, 'shop');
  writeRepository(root, state, state === 'healed' ? 'honest' : 'masked');
  return {
    environment: { REPOSITORY: root },
    setState: (next: StackState, lint: LintEnding): void => writeRepository(root, next, lint),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
};
