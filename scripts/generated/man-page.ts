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

/** A sentence in lines of source that a reader of the page's source can follow; roff fills them anew. */
const filled = (text: string): readonly string[] => (text.match(/\S.{0,75}(?=\s|$)/g) ?? []).map(roff);

const bold = (text: string): string => `\\fB${roff(text)}\\fR`;
const italic = (text: string): string => `\\fI${roff(text)}\\fR`;

const optionLines = ({ options }: CommandDefinition): readonly string[] =>
  Object.entries(options).flatMap(([name, { short, value, description, repeatable }]) => {
    const spellings = [...(short === undefined ? [] : [bold(`-${short}`)]), bold(`--${name}`)].join(', ');
    const again = repeatable === true ? ' (may be given again)' : '';
    const head = `${spellings}${value === undefined ? '' : ` ${italic(value)}`}`;
    return ['.TP', head, ...filled(`${description}${again}`)];
  });

const commandLines = (name: string, definition: CommandDefinition): readonly string[] => [
  `.SS gonogo ${roff(name)}${definition.usage === '' ? '' : ` ${roff(definition.usage)}`}`,
  ...filled(`${definition.summary.slice(0, 1).toUpperCase()}${definition.summary.slice(1)}.`),
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

const VARIABLES: readonly (readonly [names: readonly string[], what: string])[] = [
  [['NO_COLOR', 'FORCE_COLOR'], 'whether colours are used on a terminal'],
  [['http_proxy', 'https_proxy', 'no_proxy'], 'proxies, for everything that speaks HTTP'],
  [['CHROMIUM_PATH'], 'the browser that opens pages'],
];

const GENERAL: readonly (readonly [option: string, what: string])[] = [
  ['--help', 'what there is; behind a command, what it does and takes'],
  ['--version', 'the version'],
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
    ...filled(
      'Answers one question from one YAML file: may we go? It looks at services, domains, databases, files and ' +
        'indexes, runs smoke scenarios, and gives a verdict: GO, CONDITIONAL, HOLD or NO-GO.',
    ),
    '.SH OPTIONS',
    ...GENERAL.flatMap(([option, what]) => ['.TP', bold(option), ...filled(what)]),
    '.SH COMMANDS',
    ...Object.entries(COMMANDS).flatMap(([name, definition]) => commandLines(name, definition)),
    '.SH EXIT STATUS',
    ...EXIT_CODES.flatMap(([code, meaning]) => ['.TP', bold(code), ...filled(meaning)]),
    '.SH FILES',
    ...FILES.flatMap(([path, what]) => ['.TP', italic(path), ...filled(what)]),
    '.SH ENVIRONMENT',
    ...VARIABLES.flatMap(([names, what]) => ['.TP', names.map(bold).join(', '), ...filled(what)]),
  ].join('\n')}\n`;
