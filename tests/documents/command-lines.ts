import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands.ts';
import { parseOptions, type ParsedOptions } from '../../src/cli/parse.ts';
import { parseReportRequests } from '../../src/cli/report-requests.ts';
import { KINDS } from '../../src/config/kinds.ts';
import { REASON_CODES } from '../../src/model/reason-code.ts';
import { ROOT, textOf, type Document } from './documents.ts';

/** The words of one command. */
type Words = readonly string[];

const SEPARATORS = /^(\|\|?|&&?|;|[0-9]?>{1,2}|<)$/;

/** A line of a shell cut into commands, and these into words; quotes are taken off, comments left out. */
export const splitCommands = (line: string): readonly Words[] => {
  const words =
    line.match(/(?:[^\s'"|&;<>#]|'[^']*'|"(?:[^"\\]|\\.)*"|(?<=\S)#)+|\|\|?|&&?|;|[0-9]?>{1,2}|<|#.*$/g) ?? [];
  const commands: string[][] = [[]];
  for (const word of words) {
    if (word.startsWith('#')) break;
    if (SEPARATORS.test(word)) commands.push([]);
    else commands.at(-1)?.push(word.replaceAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"/g, (_, a, b) => a ?? b));
  }
  return commands
    .map(([...words]) => words.slice(words.findIndex((word) => !/^[A-Z_]+=/.test(word))))
    .filter(isNotEmpty);
};

const isNotEmpty = (words: Words): boolean => words.length > 0;

/** A word in capitals stands for a name that the reader puts in. */
const isStandIn = (word: string): boolean => /^[A-Z][A-Z-]*$/.test(word);

const wordProblems = (command: string, { words, values }: ParsedOptions): readonly string[] => {
  const [first = ''] = words;
  const codes: readonly string[] = REASON_CODES;
  if (command === 'explain' && first !== '' && !isStandIn(first) && !codes.includes(first)) return [`no code ${first}`];
  if (command === 'probe' && !isStandIn(first) && !KINDS.has(first)) return [`no probe kind ${first}`];
  const keys = command === 'probe' ? values('set').map((pair) => pair.split('=', 1).join('')) : [];
  return keys.some((key) => key === '') ? ['--set without a key'] : [];
};

/** What is wrong with the words behind `gonogo`; null when nothing is. */
const gonogoProblem = ([name, ...rest]: Words): string | null => {
  if (name === undefined || name === '--help' || name === '--version') return null;
  const definition = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (definition === undefined) return isStandIn(name) ? null : `there is no command ${name}`;
  if (rest.includes('--help')) return null;
  try {
    const options = parseOptions(name, definition, rest);
    parseReportRequests(options.values('report').filter((format) => !isStandIn(format.split('=', 1).join(''))));
    return wordProblems(name, options)[0] ?? null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const scripts = (): { readonly [name: string]: unknown } => JSON.parse(textOf('package.json')).scripts;

const commandProblem = ([program = '', ...rest]: Words): string | null => {
  if (program === 'gonogo') return gonogoProblem(rest);
  if (program === 'npx' && rest[0] === 'gonogo') return gonogoProblem(rest.slice(1));
  const [first = '', second = ''] = rest;
  if (program === 'npm' && first === 'run')
    return Object.hasOwn(scripts(), second) ? null : `there is no script ${second}`;
  const isOurs = program === 'node' && /\.(ts|mjs)$/.test(first);
  return isOurs && !existsSync(join(ROOT, first)) ? `there is no file ${first}` : null;
};

/** What is wrong with one line of a shell. */
export const lineProblems = (line: string): readonly string[] =>
  splitCommands(line.replace(/^\s*\$ /, ''))
    .map(commandProblem)
    .filter((problem) => problem !== null)
    .map((problem) => `${line.trim()}: ${problem}`);

const linesOf = (text: string): readonly string[] => text.replaceAll(/\s*\\\n\s*/g, ' ').split('\n');

/** `gonogo judge` in a sentence names the command and needs no words behind it. */
const mention = (code: string): string => (/^gonogo [a-z]+$/.test(code) ? `${code} --help` : code);

/** Every line that a reader may type: `sh` blocks, steps of workflows, `$ ` lines in other blocks, and inline code. */
export const typedLines = ({ blocks, codes }: Document): readonly string[] => [
  ...blocks.flatMap(({ language, about, text }) => {
    if (language === 'sh') return linesOf(text);
    if (about === 'workflow') return linesOf(text).flatMap((line) => /^\s*(?:- )?run: (.*)$/.exec(line)?.[1] ?? []);
    return linesOf(text).filter((line) => line.startsWith('$ '));
  }),
  ...codes.filter((code) => /^(gonogo|npm run|node|npx gonogo) /.test(code)).map(mention),
];
