import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../src/model/run.ts';
import { gonogo, type Ended } from './gonogo.ts';

/** A run of a check file, with all that it left behind: `everything` is both streams and each file of its folder. */
export type Act = { readonly ended: Ended; readonly run: Run; readonly everything: string };

type Setting = {
  readonly variables: { readonly [name: string]: string };
  readonly argv?: readonly string[];
  readonly cwd?: string;
};

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Runs a check file as a user would, and reads its report folder. Nothing of earlier runs counts. */
export const runInto = async (
  folder: string,
  file: string,
  { variables, argv = ['--no-history'], cwd }: Setting,
): Promise<Act> => {
  const ended = await gonogo(['run', '-c', file, '--out', folder, ...argv], {
    variables,
    ...(cwd === undefined ? {} : { cwd }),
  });
  const run: Run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  const texts = filesBelow(folder).map((path) => readFileSync(path, 'utf8'));
  return { ended, run, everything: [ended.stdout, ended.stderr, ...texts].join('\n') };
};

/** Each check that did not pass: its outcome, reason code and runbook section, by id. */
export const flawsOf = ({ checks }: Run): { readonly [id: string]: string } =>
  Object.fromEntries(
    checks
      .filter(({ outcome }) => outcome !== 'pass')
      .map(({ id, outcome, reasonCode, runbook }) => [id, `${outcome} ${reasonCode} #${runbook?.anchor}`]),
  );

/** Checks that nobody answers for, or for which there is nothing to do: a readiness file has none. */
export const orphansOf = ({ checks }: Run): readonly string[] =>
  checks.filter(({ component, owner, runbook }) => !component || !owner || !runbook).map(({ id }) => id);

/** Each gate with its verdict and how many of its musts passed, as `GO 8/8`. */
export const gatesOf = ({ gates }: Run): { readonly [id: string]: string } =>
  Object.fromEntries(
    gates.map(({ id, verdict, coverage }) => {
      const must = coverage.find(({ tier }) => tier === 'must');
      return [id, `${verdict} ${must?.passed}/${must?.total}`];
    }),
  );
