import type { Execute } from '../command.ts';
import { loadProject } from '../load-project.ts';
import { print } from '../print.ts';

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** `gonogo validate`: every problem of the file, probing nothing. */
export const execute: Execute = async (options, world) => {
  const { config, sections, warnings } = await loadProject(options, world, 'validate');
  for (const warning of warnings) world.stderr.write(`${warning}\n\n`);
  const parts = [
    count(config.checks.length, 'check'),
    count(config.gates.length, 'gate'),
    count(Object.keys(sections).length, 'runbook section'),
  ];
  const verdict = warnings.length === 0 ? 'is valid' : `is valid, with ${count(warnings.length, 'warning')}`;
  return print(world, `${config.file} ${verdict}: ${parts.join(', ')}\n`);
};
