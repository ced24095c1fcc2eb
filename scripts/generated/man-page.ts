import type { CommandDefinition } from '../../src/cli/command.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { EXIT_CODES } from '../../src/cli/help.ts';

/** Text for a line of roff: no escapes, no request, and hyphens that can be copied. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replace(/^(?=[.'])/, '\\&');

const bold = (text: string): string => `\\fB${roff(text)}\\fR`;
const italic = (text: string): string => `\\fI${roff(text)}\\fR`;

const optionLines = ({ options }: CommandDefinition): readonly string[] =>
  Object.entries(options).flatMap(([name, { short, value, description, repeatable }]) => {
    const spellings = [...(short === undefined ? [] : [bold(`-${short}`)]), bold(`--${name}`)].join(', ');
    const again = repeatable === true ? ' (may be given again)' : '';
    return ['.TP', `${spellings}${value === undefined ? '' : ` ${italic(value)}`}`, roff(`${description}${again}`)];
  });

const commandLines = (name: string, definition: CommandDefinition): readonly string[] => [
  `.SS gonogo ${roff(name)}${definition.usage === '' ? '' : ` ${roff(definition.usage)}`}`,
  roff(`${definition.summary.slice(0, 1).toUpperCase()}${definition.summary.slice(1)}.`),
  ...optionLines(definition),
  '.PP',
  'For example:',
  '.EX',
  ...definition.examples.map(roff),
  '.EE',
];

const FILES: readonly (readonly [path: string, what: string])[] = [
  ['gonogo.yaml', 'what is looked at, unless --config names another file'],
  ['reports/', 'a folder for each run; reports/latest is the last one'],
  ['.gonogo/history.db', 'what is remembered of earlier runs'],
  ['signoffs.yaml', 'what people have signed'],
];

/** The man page of section 1, made from the commands as `--help` shows them. */
export const makeManPage = (): string =>
  `${[
    '.\\" Made by scripts/generate.ts from src/cli/commands.ts',
    '.TH GONOGO 1',
    '.SH NAME',
    'gonogo \\- health checks and smoke tests that end in a verdict',
    '.SH SYNOPSIS',
    `${bold('gonogo')} ${italic('COMMAND')} [${italic('OPTIONS')}]`,
    '.SH DESCRIPTION',
    'Answers one question from one YAML file: may we go? It looks at services, domains, databases, files and indexes, runs',
    'smoke scenarios, and gives a verdict: GO, CONDITIONAL, HOLD or NO\\-GO.',
    '.SH COMMANDS',
    ...Object.entries(COMMANDS).flatMap(([name, definition]) => commandLines(name, definition)),
    '.SH EXIT STATUS',
    ...EXIT_CODES.flatMap(([code, meaning]) => ['.TP', bold(code), roff(meaning)]),
    '.SH FILES',
    ...FILES.flatMap(([path, what]) => ['.TP', italic(path), roff(what)]),
    '.SH ENVIRONMENT',
    '.TP',
    `${bold('NO_COLOR')}, ${bold('FORCE_COLOR')}`,
    'whether colours are used on a terminal',
    '.TP',
    `${bold('http_proxy')}, ${bold('https_proxy')}, ${bold('no_proxy')}`,
    'proxies, for everything that speaks HTTP',
  ].join('\n')}\n`;
