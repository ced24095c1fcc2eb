import { readFileSync } from 'node:fs';
import { UsageError } from '../../model/fault.ts';
import type { Execute } from '../command.ts';
import { print } from '../print.ts';

const FILES: { readonly [name: string]: string } = { config: 'gonogo.schema.json', run: 'run.schema.json' };

/** `gonogo schema`: the published JSON Schema of the configuration or of `run.json`. */
export const execute: Execute = async ({ words: [name = 'config'] }, world) => {
  const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  if (file === undefined) throw new UsageError(`there is no schema "${name}"`, 'the schemas are config and run');
  return print(world, readFileSync(new URL(`../../../schema/${file}`, import.meta.url), 'utf8'));
};
