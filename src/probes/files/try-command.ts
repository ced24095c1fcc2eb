import { expandBraces } from './braces.ts';
import { listOf } from './list-of.ts';
import type { Spec } from './schema.ts';

const MOST_TESTS = 6;

/** What `find` compares: the last name alone where the folders may be any, else the whole path. */
const testOf = (root: string, glob: string): readonly string[] => {
  const parts = glob.split('/').filter((part) => part !== '' && part !== '.');
  const name = parts.at(-1) ?? '*';
  const anywhere = parts.slice(0, -1).every((part) => part === '**');
  if (parts.length > 1 && anywhere && name !== '**') return ['-name', name];
  return ['-path', `${root}/${parts.join('/').replaceAll('**', '*')}`];
};

/**
 * `find` for the same patterns, where it can say them: its `*` stands for slashes too, so that it may list more. It is
 * meant to be called in the folder of the check's file.
 */
export const findCommand = (spec: Spec): readonly string[] | null => {
  const globs = listOf(spec.glob).flatMap((glob) => {
    const expanded = expandBraces(glob);
    return expanded.ok ? expanded.texts : [];
  });
  if (globs.length === 0 || globs.length > MOST_TESTS) return null;
  // A folder that begins with a dash would be read as a test.
  const written = (spec.root ?? '.').replace(/(?<=.)\/+$/, '');
  const root = written.startsWith('-') ? `./${written}` : written;
  const tests = globs.flatMap((glob, index) => [
    ...(index === 0 ? [] : ['-o']),
    ...testOf(root === '/' ? '' : root, glob),
  ]);
  return ['find', root, ...(globs.length === 1 ? tests : ['(', ...tests, ')']), '-ls'];
};
