/** An argument vector as one line for a POSIX shell. */
export const shellCommand = (argv: readonly string[]): string => argv.map(quote).join(' ');

const quote = (argument: string): string =>
  /^[\w@%+=:,./-]+$/u.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
