import type { Spec } from './schema.ts';

/** The program and its arguments: a text under `argv` is one program without arguments. */
export const argvOf = ({ argv }: Pick<Spec, 'argv'>): readonly string[] => (typeof argv === 'string' ? [argv] : argv);

const MOST_SHOWN = 200;

const quoted = (argument: string): string => (/^[\w@%+=:,./-]+$/u.test(argument) ? argument : JSON.stringify(argument));

/** The command on one line of at most 200 characters, for reports and messages; not meant for a shell. */
export const shownArgv = (spec: Pick<Spec, 'argv'>): string => {
  const line = argvOf(spec).map(quoted).join(' ');
  return line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line;
};
