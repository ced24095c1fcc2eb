import type { CommandDefinition, OptionDefinition } from './command.ts';

const CONFIG: OptionDefinition = {
  value: 'FILE',
  short: 'c',
  description: 'the file to read instead of gonogo.yaml',
};
const ENVIRONMENT: OptionDefinition = {
  value: 'NAME',
  short: 'e',
  description: 'one of the environments that the file declares',
};
const STRICT: OptionDefinition = { description: 'warnings of the file are errors, and CONDITIONAL exits with 1' };
const COLOUR: OptionDefinition = { description: 'no colour, whatever the terminal can do' };
const REPORT: OptionDefinition = {
  value: 'FORMAT[=PATH]',
  short: 'r',
  repeatable: true,
  description: 'console, markdown, json, junit or html; to stdout, or to PATH',
};

/** Every command, in the order in which help lists them. */
export const COMMANDS: { readonly [name: string]: CommandDefinition } = {
  run: {
    summary: 'run the checks and give the verdict',
    usage: '[SELECTOR...]',
    words: { least: 0, most: Infinity },
    options: {
      config: CONFIG,
      environment: ENVIRONMENT,
      gate: { value: 'ID', description: 'judge this gate, and run only what it asks' },
      only: { value: 'ID', repeatable: true, description: 'run this check and what it needs' },
      report: REPORT,
      out: { value: 'DIR', short: 'o', description: 'where the run is written (default reports/<run-id>)' },
      concurrency: { value: 'N', description: 'how many checks look at once' },
      'no-exec': { description: 'look at nothing that starts a program: commands, pages, MCP over stdio' },
      'no-history': { description: 'remember nothing of this run, and ask nothing of earlier ones' },
      strict: STRICT,
      quiet: { short: 'q', description: 'no progress on stderr' },
      verbose: { short: 'v', description: 'tell on stderr what happens' },
      'no-color': COLOUR,
    },
    examples: [
      'gonogo run',
      'gonogo run -c checks/launch.yaml --gate launch',
      'gonogo run tag:api --report junit=out/junit.xml --report console',
    ],
    load: () => import('./commands/run.ts'),
  },
  validate: {
    summary: 'read the file and name every problem in it, probing nothing',
    usage: '',
    words: { least: 0, most: 0 },
    options: { config: CONFIG, environment: ENVIRONMENT, strict: STRICT, 'no-color': COLOUR },
    examples: ['gonogo validate', 'gonogo validate -c checks/launch.yaml --strict'],
    load: () => import('./commands/validate.ts'),
  },
  list: {
    summary: 'list the checks that a run would do, in order, and the gates',
    usage: '[SELECTOR...]',
    words: { least: 0, most: Infinity },
    options: {
      config: CONFIG,
      environment: ENVIRONMENT,
      gate: { value: 'ID', description: 'only what this gate asks' },
      only: { value: 'ID', repeatable: true, description: 'this check and what it needs' },
      json: { description: 'as JSON' },
      'no-color': COLOUR,
    },
    examples: ['gonogo list', 'gonogo list tag:api --json'],
    load: () => import('./commands/list.ts'),
  },
  explain: {
    summary: 'explain a reason code: what it means and what to do',
    usage: '[REASON-CODE]',
    words: { least: 0, most: 1 },
    options: { json: { description: 'as JSON' } },
    examples: ['gonogo explain redirect-loop', 'gonogo explain'],
    load: () => import('./commands/explain.ts'),
  },
  judge: {
    summary: 'judge a saved run again from its journal, probing nothing',
    usage: 'RUN',
    words: { least: 1, most: 1 },
    options: { report: REPORT, strict: STRICT, 'no-color': COLOUR },
    examples: ['gonogo judge reports/latest', 'gonogo judge reports/latest --report json'],
    load: () => import('./commands/judge.ts'),
  },
  report: {
    summary: 'render a saved run in another format',
    usage: 'RUN',
    words: { least: 1, most: 1 },
    options: { report: REPORT, 'no-color': COLOUR },
    examples: ['gonogo report reports/latest --report markdown'],
    load: () => import('./commands/report.ts'),
  },
  probe: {
    summary: 'look at one target without a file',
    usage: 'KIND TARGET',
    words: { least: 2, most: 2 },
    options: {
      set: { value: 'KEY=VALUE', repeatable: true, description: 'a key of the kind, as YAML: --set follow=true' },
      expect: { value: 'FACT=VALUE', repeatable: true, description: 'an expectation, as YAML: --expect status=204' },
      timeout: { value: 'DURATION', description: 'how long the look may take (default 10s)' },
      json: { description: 'the run as JSON' },
      'no-color': COLOUR,
    },
    examples: ['gonogo probe health https://example.com/health', 'gonogo probe domain example.com'],
    load: () => import('./commands/probe.ts'),
  },
  init: {
    summary: 'write a starter file that runs',
    usage: '[FILE]',
    words: { least: 0, most: 1 },
    options: { url: { value: 'URL', description: 'the address that the first check looks at' } },
    examples: ['gonogo init', 'gonogo init --url https://example.com/'],
    load: () => import('./commands/init.ts'),
  },
  schema: {
    summary: 'print the JSON Schema of the file, or of run.json',
    usage: '[config|run]',
    words: { least: 0, most: 1 },
    options: {},
    examples: ['gonogo schema > gonogo.schema.json', 'gonogo schema run'],
    load: () => import('./commands/schema.ts'),
  },
};
