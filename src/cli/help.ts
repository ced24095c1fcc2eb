import type { CommandDefinition } from './command.ts';
import { COMMANDS } from './commands.ts';

const EXIT_CODES = `Exit codes
  0  GO, or CONDITIONAL without --strict      3  HOLD: not proved
  1  NO-GO, or CONDITIONAL with --strict      4  internal error, or a report could not be written
  2  usage or config error: nothing ran       130/143  interrupted; the partial report is written
`;

const rows = (entries: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...entries.map(([left]) => left.length)) + 2;
  return entries.map(([left, right]) => `  ${left.padEnd(width)}${right}\n`).join('');
};

/** What `gonogo --help` prints. */
export const generalHelp = (): string =>
  [
    'gonogo - may we go? Health checks and smoke tests that end in a verdict\n',
    '\nUsage: gonogo COMMAND [OPTIONS]\n\nCommands\n',
    rows(Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary])),
    '\n',
    rows([
      ['--help', 'this text; gonogo COMMAND --help for one command'],
      ['--version', 'the version'],
    ]),
    `\n${EXIT_CODES}`,
  ].join('');

/** What `gonogo COMMAND --help` prints. */
export const commandHelp = (name: string, definition: CommandDefinition): string => {
  const options = Object.entries(definition.options).map(([option, { value, short, description }]) => {
    const long = `--${option}${value === undefined ? '' : ` ${value}`}`;
    return [short === undefined ? `    ${long}` : `-${short}, ${long}`, description] as const;
  });
  return [
    `gonogo ${name} - ${definition.summary}\n`,
    `\nUsage: gonogo ${[name, definition.usage, options.length > 0 ? '[OPTIONS]' : ''].filter(Boolean).join(' ')}\n`,
    options.length > 0 ? `\nOptions\n${rows(options)}` : '',
    `\nExamples\n${definition.examples.map((example) => `  ${example}\n`).join('')}`,
    `\n${EXIT_CODES}`,
  ].join('');
};
