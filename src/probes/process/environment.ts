/** What a program needs to run at all, and nothing that could carry a secret. `LC_*` come along as well. */
const INHERITED: ReadonlySet<string> = new Set([
  'HOME',
  'LANG',
  'LANGUAGE',
  'LOGNAME',
  'PATH',
  'SHELL',
  'TMPDIR',
  'TZ',
  'USER',
]);

type Environment = { readonly [name: string]: string | undefined };

/** The part of our environment that every program gets. An allow-list: a name that nobody thought of stays with us. */
export const inheritedEnvironment = (environment: Environment): { readonly [name: string]: string } =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && (INHERITED.has(name) || /^LC_[A-Z]+$/.test(name)) ? [[name, value]] : [],
    ),
  );
