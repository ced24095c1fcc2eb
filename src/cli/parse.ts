import { parseArgs } from 'node:util';
import { closest } from '../model/suggest.ts';
import { UsageError } from '../model/fault.ts';
import type { CommandDefinition } from './command.ts';

/** A command line after parsing. Every option that was given is there with all its values, switches as `[]`. */
export type ParsedOptions = {
  readonly words: readonly string[];
  readonly has: (option: string) => boolean;
  /** The value of an option that may be given once; null when it was not. */
  readonly value: (option: string) => string | null;
  readonly values: (option: string) => readonly string[];
};

const optionTable = (definition: CommandDefinition) =>
  Object.fromEntries(
    Object.entries(definition.options).map(([name, { value, short }]) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        multiple: true,
        ...(short === undefined ? {} : { short }),
      },
    ]),
  );

const unknownOption = (name: string, raw: string, command: string, definition: CommandDefinition): UsageError => {
  const near = closest(name, Object.keys(definition.options));
  return new UsageError(
    `unknown option "${raw}" for gonogo ${command}`,
    near === null ? `gonogo ${command} --help lists its options` : `did you mean "--${near}"?`,
  );
};

/** A file given as a word is meant as the configuration, where the command reads one. */
const exampleFor = (command: string, definition: CommandDefinition, words: readonly string[]): string => {
  const file = words.find((word) => /\.ya?ml$/i.test(word));
  return file !== undefined && Object.hasOwn(definition.options, 'config')
    ? `to read that file: gonogo ${command} --config ${file}`
    : `for example: ${definition.examples[0]}`;
};

/** Reads what follows the command's name. Throws `UsageError` for what is not in its definition. */
export const parseOptions = (
  command: string,
  definition: CommandDefinition,
  argv: readonly string[],
): ParsedOptions => {
  const { tokens } = parseArgs({
    args: [...argv],
    options: optionTable(definition),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(definition.options, token.name) ? definition.options[token.name] : undefined;
    if (option === undefined) throw unknownOption(token.name, token.rawName, command, definition);
    const values = given.get(token.name) ?? [];
    given.set(token.name, values);
    if (option.value === undefined && token.value !== undefined) {
      throw new UsageError(`--${token.name} takes no value, found "${token.value}"`);
    }
    if (option.value === undefined) continue;
    const missing = token.value === undefined || (token.inlineValue === false && token.value.startsWith('-'));
    if (missing || token.value === '') {
      throw new UsageError(`--${token.name} needs a value: --${token.name} ${option.value}`);
    }
    if (values.length > 0 && option.repeatable !== true) {
      throw new UsageError(`--${token.name} was given twice: "${values[0]}" and "${token.value}"`, 'give it once');
    }
    values.push(token.value ?? '');
  }
  const { least, most } = definition.words;
  if (words.length < least || words.length > most) {
    const expected = definition.usage === '' ? 'no words' : definition.usage;
    throw new UsageError(
      `gonogo ${command} takes ${expected}, found ${words.length === 0 ? 'nothing' : words.map((word) => `"${word}"`).join(' ')}`,
      exampleFor(command, definition, words),
    );
  }
  return {
    words,
    has: (option) => given.has(option),
    value: (option) => given.get(option)?.[0] ?? null,
    values: (option) => given.get(option) ?? [],
  };
};
