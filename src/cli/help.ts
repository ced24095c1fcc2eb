import type { CommandDefinition } from './command.ts';
import { COMMANDS } from './commands.ts';

/** What the process ends with, and what that means. */
export const EXIT_CODES: readonly (readonly [code: string, meaning: string])[] = [
  ['0', 'GO, or CONDITIONAL without --strict'],
  ['1', 'NO-GO, or CONDITIONAL with --strict'],
  ['2', 'usage or config error: nothing ran'],
  ['3', 'HOLD: not proved'],
  ['4', 'internal error, or a report could not be written'],
  ['130/143', 'interrupted; the partial report is written'],
];

/** In two columns, the first half on the left. */
const exitCodes = (): string => {
  const texts = EXIT_CODES.map(([code, meaning]) => `${code}  ${meaning}`);
  const half = Math.ceil(texts.length / 2);
  const width = Math.max(...texts.slice(0, half).map(({ length }) => length)) + 6;
  const lines = texts.slice(0, half).map((left, at) => `  ${left.padEnd(width)}${texts[half + at] ?? ''}`.trimEnd());
  return `Exit codes\n${lines.join('\n')}\n`;
};

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
    `\n${exitCodes()}`,
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
    `\n${exitCodes()}`,
  ].join('');
};
