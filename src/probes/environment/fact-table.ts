import type { FactTable } from '../../model/fact.ts';

/** What is told of variables: never a value, nor anything made of it. */
export const environmentFactTable: FactTable = {
  'present.*': {
    type: 'boolean',
    description: 'whether the variable is set, by itself or by a file that `NAME_FILE` points to. Empty is not set',
    code: 'variable-missing',
  },
  'valid.*': {
    type: 'boolean',
    description: 'whether what the check asks of the variable holds; false when it must be set and is not',
    code: 'variable-invalid',
  },
};
