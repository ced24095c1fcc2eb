import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { MOVED_CLOCK } from '../moved-clock.ts';
import { ROOT, startGonogo, type Ended } from '../e2e/gonogo.ts';
import { asking, beside, HERE, HOLD, NO_GO, NOT_WRITTEN, RUN, USAGE, type Case, type Stage } from './case.ts';

const GOOD = `checks:\n  ${HERE}\n`;
const SLOW = asking('/slow');

/** Runs the shell's line with gonogo in `$GONOGO`, for what only a shell does to a process. */
const inShell = (line: string, { folder, urls }: Stage): Promise<Ended> =>
  new Promise((resolve) => {
    const env = {
      ...MOVED_CLOCK,
      ...urls,
      PATH: process.env['PATH'] ?? '',
      GONOGO: `${process.execPath} ${join(ROOT, 'src', 'main.ts')}`,
    };
    execFile('bash', ['--norc', '-o', 'pipefail', '-c', line], { cwd: folder, env }, (error, stdout, stderr) => {
      const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ exit, stdout, stderr });
    });
  });

const stopped = async (signal: NodeJS.Signals, { folder, urls }: Stage): Promise<Ended> => {
  const started = startGonogo(
    RUN.filter((word) => word !== '--quiet'),
    { cwd: folder, variables: urls },
  );
  await Promise.race([started.says('here'), started.ended]);
  started.kill(signal);
  return started.ended;
};

/** The journal of a good run, changed, and judged. */
const judged =
  (change: (lines: readonly string[]) => readonly string[]) =>
  async ({ run, folder }: Stage): Promise<Ended> => {
    await run(...RUN);
    const journal = join(folder, 'run', 'journal.jsonl');
    const lines = readFileSync(journal, 'utf8').trimEnd().split('\n');
    writeFileSync(journal, `${change(lines).join('\n')}\n`);
    return run('judge', 'run');
  };

/** What becomes of a run and of its reports. */
export const RUN_CASES: readonly Case[] = [
  {
    name: 'a report cannot be written',
    file: GOOD,
    argv: [...RUN, '--report', 'junit=gonogo.yaml/out.xml'],
    exit: USAGE,
    says: 'something of that name is in the way',
  },
  {
    name: 'a report goes to a full disk',
    file: GOOD,
    exit: NOT_WRITTEN,
    says: '',
    act: (stage) => inShell('$GONOGO run --quiet --no-history > /dev/full', stage),
  },
  {
    name: 'the reader of the report has gone',
    file: GOOD,
    exit: NOT_WRITTEN,
    says: '',
    act: (stage) => inShell('$GONOGO run --quiet --no-history --report json | true; exit ${PIPESTATUS[0]}', stage),
  },
  {
    name: 'the answer of another command goes to a full disk',
    file: GOOD,
    exit: NOT_WRITTEN,
    says: '',
    act: (stage) => inShell('$GONOGO list > /dev/full', stage),
  },
  {
    name: 'a look by hand fails',
    file: GOOD,
    exit: NO_GO,
    says: 'http-4xx',
    act: ({ run, urls }) => run('probe', 'http', `${urls['TARGET']}/nowhere`),
  },
  {
    name: 'triage finds something broken',
    file: beside('down: { files: { glob: gone.txt } }'),
    argv: ['triage', '--no-history', '--quiet'],
    exit: NO_GO,
    says: 'down',
  },
  {
    name: 'the folder of the run cannot be made',
    file: GOOD,
    argv: ['run', '--quiet', '--no-history', '--out', 'gonogo.yaml/run'],
    exit: USAGE,
    says: 'gonogo.yaml/run',
  },
  {
    name: 'two reports go to stdout',
    file: GOOD,
    argv: [...RUN, '--report', 'json', '--report', 'junit'],
    exit: USAGE,
    says: 'stdout',
  },
  {
    name: 'the run is interrupted',
    file: SLOW,
    exit: 130,
    says: 'not complete',
    act: (stage) => stopped('SIGINT', stage),
  },
  {
    name: 'the run is terminated',
    file: SLOW,
    exit: 143,
    says: 'not complete',
    act: (stage) => stopped('SIGTERM', stage),
  },
  {
    name: 'the time of the run is over',
    file: `defaults: { deadline: 300ms }\n${SLOW}`,
    exit: HOLD,
    says: 'not complete',
  },
  {
    name: 'a journal is cut off at its last line',
    file: GOOD,
    exit: HOLD,
    says: 'not complete',
    act: judged((lines) => lines.slice(0, -1)),
  },
  {
    name: 'a journal is cut off in the middle',
    file: GOOD,
    exit: HOLD,
    says: 'not complete',
    act: judged((lines) => lines.slice(0, 2)),
  },
  {
    name: 'a journal has lost what was seen',
    file: GOOD,
    exit: HOLD,
    says: 'here',
    act: judged((lines) => lines.filter((line) => !line.includes('"type":"attempt"'))),
  },
  {
    name: 'a journal has lost its beginning',
    file: GOOD,
    exit: USAGE,
    says: 'holds no run',
    act: judged((lines) => lines.slice(1)),
  },
  {
    name: 'a journal holds a word that is no event',
    file: GOOD,
    exit: USAGE,
    says: 'not an event',
    act: judged((lines) => [...lines.slice(0, 1), '{"type":"pass"}', ...lines.slice(1)]),
  },
  {
    name: 'there is no run to judge',
    file: GOOD,
    argv: ['judge', 'reports/latest'],
    exit: USAGE,
    says: 'reports/latest',
  },
  {
    name: 'a run is judged at a time before it',
    file: GOOD,
    exit: USAGE,
    says: 'nobody knew anything',
    act: ({ run }) => run(...RUN).then(() => run('judge', 'run', '--at', '2020-01-01')),
  },
  {
    name: 'a run is judged under a file that asks for more',
    file: GOOD,
    exit: HOLD,
    says: 'more is not part of this run',
    act: async ({ run, folder }) => {
      await run(...RUN);
      writeFileSync(join(folder, 'gonogo.yaml'), `version: 1\n${beside('more: { files: { glob: gonogo.yaml } }')}`);
      return run('judge', 'run', '-c', 'gonogo.yaml');
    },
  },
  {
    name: 'a run is judged under a file that asks something else',
    file: GOOD,
    exit: HOLD,
    says: 'asks something else today',
    act: async ({ run, folder }) => {
      await run(...RUN);
      writeFileSync(join(folder, 'gonogo.yaml'), 'version: 1\nchecks: { here: { files: { glob: gone.txt } } }\n');
      return run('judge', 'run', '-c', 'gonogo.yaml');
    },
  },
  {
    name: 'somebody decides to go against the verdict without a word',
    file: beside('down: { files: { glob: gone.txt } }'),
    exit: USAGE,
    says: 'goes against it',
    act: ({ run }) => run(...RUN).then(() => run('decide', 'run', '--by', 'cto', '--go', '-y')),
  },
  {
    name: 'a gate is made easier after the run',
    file: beside('down: { files: { glob: gone.txt } }'),
    exit: USAGE,
    says: 'down is not asked for any more',
    act: async ({ run, folder }) => {
      await run(...RUN);
      writeFileSync(join(folder, 'gonogo.yaml'), `version: 1\n${GOOD}`);
      return run('decide', 'run', '--by', 'cto', '-y');
    },
  },
  {
    name: 'a decision record was edited',
    file: GOOD,
    exit: NO_GO,
    says: 'DOES NOT HOLD',
    act: async (stage) => {
      await stage.run(...RUN);
      await stage.run('decide', 'run', '--by', 'cto', '-y');
      return inShell(
        'sed -i \'s/"decision": "go"/"decision": "no-go"/\' decisions/*.json; $GONOGO verify decisions/*.json',
        stage,
      );
    },
  },
  {
    name: 'what a run left is diffed with a worse one',
    file: GOOD,
    exit: NO_GO,
    says: 'New',
    act: async ({ run, folder }) => {
      await run(...RUN);
      writeFileSync(join(folder, 'gonogo.yaml'), `version: 1\n${beside('down: { files: { glob: gone.txt } }')}`);
      await run('run', '--quiet', '--no-history', '--out', 'worse');
      return run('diff', 'run', 'worse');
    },
  },
  {
    name: 'the last run to repeat was of nothing',
    file: GOOD,
    argv: ['run', '--last-failed'],
    exit: USAGE,
    says: 'run',
  },
  {
    name: 'what a run writes to is a file of its own',
    file: GOOD,
    exit: USAGE,
    says: 'run',
    act: ({ run, folder }) => {
      mkdirSync(join(folder, 'run', 'journal.jsonl'), { recursive: true });
      return run(...RUN);
    },
  },
];
