import { closest } from '../model/suggest.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { Scope } from './scope.ts';
import type { SourceFile } from './source-file.ts';
import type { Path } from './yaml/places.ts';

/** An environment variable that is needed and not there; its value is never shown, and neither are others'. */
export const unsetVariable = (
  file: SourceFile,
  path: Path,
  name: string,
  environment: Scope['environment'],
): Finding => {
  const empty = Object.hasOwn(environment, name) && environment[name] === '';
  const message = `the environment variable ${name} is ${empty ? 'empty, which counts as not set' : 'not set'}`;
  const hint = (): string => {
    const near = empty ? null : closest(name, Object.keys(environment));
    return near === null ? `set it, or give a default: \${env.${name}:-value}` : `did you mean ${near}?`;
  };
  return findingAt(file, path, 'value', message, { hint, token: `\${env.${name}}` });
};
