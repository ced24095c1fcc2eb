import type { CommandDefinition } from './command.ts';

/** The commands around runs: runbooks, reviews and shards. Part of `COMMANDS`. */
export const ON_CALL_COMMANDS = {
  lint: {
    summary: 'say what is wrong with the runbooks',
    usage: '[FILE...]',
    words: { least: 0, most: Infinity },
    options: {
      config: { value: 'FILE', short: 'c', description: 'a file beside those that are named (default gonogo.yaml)' },
      environment: { value: 'NAME', short: 'e', description: 'one of the environments that the files declare' },
      'stale-after': { value: 'DURATION', description: 'how long a review holds (default 180d)' },
      links: { description: 'ask for every external page that is linked, too' },
      strict: { description: 'warnings are errors' },
      json: { description: 'as JSON' },
    },
    examples: ['gonogo lint', 'gonogo lint checks/*.yaml --stale-after 90d --links'],
    load: () => import('./commands/lint.ts'),
  },
  runbook: {
    summary: 'write the skeleton of a runbook section for a check',
    usage: 'new CHECK',
    words: { least: 2, most: 2 },
    options: {
      config: { value: 'FILE', short: 'c', description: 'the file to read instead of gonogo.yaml' },
      environment: { value: 'NAME', short: 'e', description: 'one of the environments that the file declares' },
      out: {
        value: 'FILE',
        short: 'o',
        description: 'the runbook to write to, at its end (default docs/runbooks/COMPONENT.md)',
      },
    },
    examples: [
      'gonogo runbook new dashboard-health',
      'gonogo runbook new dashboard-health --out docs/runbooks/operations.md',
    ],
    load: () => import('./commands/runbook.ts'),
  },
  postmortem: {
    summary: 'write the template of a review after an incident, filled from the history',
    usage: '',
    words: { least: 0, most: 0 },
    options: {
      config: { value: 'FILE', short: 'c', description: 'the file to read instead of gonogo.yaml' },
      environment: { value: 'NAME', short: 'e', description: 'one of the environments that the file declares' },
      from: { value: 'RUN', description: 'the first run that belongs to it, as gonogo history lists it' },
      to: { value: 'RUN', description: 'the last run that belongs to it (default the newest)' },
      out: { value: 'FILE', short: 'o', description: 'write to this file instead of stdout' },
    },
    examples: ['gonogo postmortem --from 20261121-014400-k3v9 --to 20261121-031500-a7x2 --out review.md'],
    load: () => import('./commands/postmortem.ts'),
  },
  merge: {
    summary: 'put the parts of a run together, with one verdict',
    usage: 'RUN...',
    words: { least: 1, most: Infinity },
    options: {
      config: {
        value: 'FILE',
        short: 'c',
        description: 'the file of the run: it is then remembered, and shown in code frames',
      },
      environment: { value: 'NAME', short: 'e', description: 'one of the environments that the file declares' },
      report: {
        value: 'FORMAT[=PATH]',
        short: 'r',
        repeatable: true,
        description: 'as for gonogo run: to stdout, or to PATH',
      },
      out: { value: 'DIR', short: 'o', description: 'where the run is written (default reports/<run-id>)' },
      'no-history': { description: 'remember nothing of this run' },
      strict: { description: 'CONDITIONAL exits with 1' },
      quiet: { short: 'q', description: 'nothing but the report' },
      'no-color': { description: 'no colour, whatever the terminal can do' },
    },
    examples: ['gonogo merge shards/1 shards/2 shards/3 --out reports/nightly'],
    load: () => import('./commands/merge.ts'),
  },
} as const satisfies { readonly [name: string]: CommandDefinition };
