import type { ParsedOptions } from './parse.ts';
import type { World } from './world.ts';

/** One option of a command, by its long name. */
export type OptionDefinition = {
  /** What stands for the value in help (`FILE`); absent for a switch. */
  readonly value?: string;
  readonly short?: string;
  readonly repeatable?: true;
  readonly description: string;
};

/** What is known of a command without loading it. */
export type CommandDefinition = {
  readonly summary: string;
  /** What follows the command's name, as help shows it. */
  readonly usage: string;
  readonly options: { readonly [name: string]: OptionDefinition };
  /** How many words it takes besides options. */
  readonly words: { readonly least: number; readonly most: number };
  readonly examples: readonly string[];
  readonly load: () => Promise<{ readonly execute: Execute }>;
};

/** Does the work and answers the exit code. Throws `UsageError` for what the user can mend. */
export type Execute = (options: ParsedOptions, world: World) => Promise<number>;
