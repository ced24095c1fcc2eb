import { KINDS } from '../../config/kinds.ts';
import { REASON_CODES } from '../../model/reason-code.ts';
import { REPORT_FORMATS } from '../../report/registry.ts';
import type { CommandDefinition, OptionDefinition } from '../command.ts';

/** A command as a completion sees it. */
export type Completed = {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** Words that it may be given; empty where that is anything, or a file. */
  readonly words: readonly string[];
};

export type CompletedOption = {
  /** `--report`. */
  readonly long: string;
  /** `-r`; null for none. */
  readonly short: string | null;
  readonly description: string;
  /** What its value may be: nothing for a switch, these words, or anything. */
  readonly value: 'none' | 'file' | 'any' | readonly string[];
};

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

const FILES: ReadonlySet<string> = new Set(['FILE', 'DIR', 'PATH']);

const valueOf = (name: string, { value }: OptionDefinition): CompletedOption['value'] => {
  if (value === undefined) return 'none';
  if (name === 'report') return REPORT_FORMATS;
  return FILES.has(value) ? 'file' : 'any';
};

const wordsOf = (command: string, commands: readonly string[]): readonly string[] => {
  switch (command) {
    case 'probe':
      return [...KINDS.keys()];
    case 'explain':
      return REASON_CODES;
    case 'completion':
      return SHELLS;
    case 'schema':
      return ['config', 'run'];
    case 'runbook':
      return ['new'];
    case 'help':
      return commands;
    default:
      return [];
  }
};

const HELP: CompletedOption = { long: '--help', short: '-h', description: 'what it does and takes', value: 'none' };

/** Everything that can be completed, out of the definitions of the commands; in their order, `help` last. */
export const completed = (commands: { readonly [name: string]: CommandDefinition }): readonly Completed[] => {
  const names = Object.keys(commands);
  return [
    ...Object.entries(commands).map(([name, { summary, options }]) => ({
      name,
      summary,
      words: wordsOf(name, names),
      options: [...Object.entries(options).map(optionOf), HELP],
    })),
    { name: 'help', summary: 'what gonogo does, or one of its commands', words: wordsOf('help', names), options: [] },
  ];
};

const optionOf = ([name, definition]: readonly [string, OptionDefinition]): CompletedOption => ({
  long: `--${name}`,
  short: definition.short === undefined ? null : `-${definition.short}`,
  description: definition.description,
  value: valueOf(name, definition),
});
