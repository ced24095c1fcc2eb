import { describe, expect, test } from 'vitest';
import { UsageError } from '../model/fault.ts';
import { COMMANDS } from './commands.ts';
import { parseOptions } from './parse.ts';

const hintFor = (command: string, ...words: readonly string[]): string | null => {
  const definition = COMMANDS[command];
  if (definition === undefined) throw new Error(`there is no command ${command}`);
  try {
    parseOptions(command, definition, words);
  } catch (error) {
    if (error instanceof UsageError) return error.hint;
    throw error;
  }
  return null;
};

describe('a word that a command does not take', () => {
  test('is meant as the configuration when it is a YAML file', () => {
    expect(hintFor('validate', 'ops/checks.yml')).toBe('to read that file: gonogo validate --config ops/checks.yml');
  });
  test('is answered with an example otherwise', () => {
    expect(hintFor('validate', 'everything')).toBe('for example: gonogo validate');
  });
});
