import type { OptionDefinition } from './command.ts';

/** `-c FILE`, with the same meaning in every command that reads a configuration. */
export const CONFIG: OptionDefinition = {
  value: 'FILE',
  short: 'c',
  description: 'the file to read instead of gonogo.yaml',
};

/** `-e NAME`. */
export const ENVIRONMENT: OptionDefinition = {
  value: 'NAME',
  short: 'e',
  description: 'one of the environments that the file declares',
};

/** `--strict`, of commands that give a verdict. */
export const STRICT: OptionDefinition = {
  description: 'warnings of the file are errors, and CONDITIONAL exits with 1',
};

/** `--no-color`. */
export const COLOUR: OptionDefinition = { description: 'no colour, whatever the terminal can do' };

/** `-r FORMAT[=PATH]`. */
export const REPORT: OptionDefinition = {
  value: 'FORMAT[=PATH]',
  short: 'r',
  repeatable: true,
  description:
    'console, html, markdown, markdown-short, json, junit, ctrf, csv, github, prometheus or openmetrics; to stdout, or to PATH',
};

/** The options that name a configuration to another command; none for what that takes anyhow. */
export const whichFile = (file: string, environment: string | null): readonly string[] => [
  ...(file === 'gonogo.yaml' ? [] : ['-c', file]),
  ...(environment === null ? [] : ['-e', environment]),
];
