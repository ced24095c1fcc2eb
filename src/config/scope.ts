import type { Json } from '../model/json.ts';
import { closest } from '../model/suggest.ts';
import type { MatrixRow } from './matrix.ts';
import type { Placeholder } from './template.ts';
import { NAMESPACES } from './template.ts';

/** Where a value came from, as far as it matters: secrets in it, and names that it needs but that are not set. */
export type Origins = {
  /** Names of secrets whose values are in it. */
  readonly secrets: readonly string[];
  /** Names of declared secrets that are absent. */
  readonly absent: readonly string[];
  /** Names of environment variables that are not set. */
  readonly unset: readonly string[];
};

export const NO_ORIGINS: Origins = { secrets: [], absent: [], unset: [] };

export const mergeOrigins = (all: readonly Origins[]): Origins => ({
  secrets: [...new Set(all.flatMap(({ secrets }) => secrets))],
  absent: [...new Set(all.flatMap(({ absent }) => absent))],
  unset: [...new Set(all.flatMap(({ unset }) => unset))],
});

/**
 * What a placeholder stands for. `unavailable` is an absent secret or an unset variable: whoever uses it decides
 * whether that is an error. `failed` was reported where it was defined.
 */
export type Resolution =
  | { readonly state: 'value'; readonly value: Json; readonly origins: Origins }
  | { readonly state: 'unavailable'; readonly origins: Origins }
  | { readonly state: 'unknown'; readonly message: string; readonly hint: () => string | null }
  | { readonly state: 'failed' }
  /** Known only while the scenario runs. */
  | { readonly state: 'later'; readonly captured: string };

/** Everything that placeholders may name. */
export type Scope = {
  readonly environment: { readonly [name: string]: string | undefined };
  /** Declared secrets by name; null for one that is absent. */
  readonly secrets: ReadonlyMap<string, string | null>;
  readonly variables: ReadonlyMap<string, Resolution>;
  /** What steps before this one capture; null outside of scenarios. */
  readonly captured: ReadonlySet<string> | null;
  /** True where only the schema is of interest: what is known later counts as known later, whatever its name. */
  readonly lenient?: boolean;
  /** Null outside of an entry with a matrix. */
  readonly matrix: MatrixRow | null;
  readonly runId: string;
  readonly uuid: () => string;
};

/** The value of an environment variable; an empty one counts as unset. */
export const readVariable = (environment: Scope['environment'], name: string): string | null => {
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
  return value === undefined || value === '' ? null : value;
};

const LATER: ReadonlySet<string> = new Set(['captured', 'with', 'each', 'matrix']);

/** Looks a placeholder up. Values are taken as they are: nothing in them is expanded again. */
export const lookUp = (placeholder: Placeholder, scope: Scope): Resolution => {
  const { namespace, name, fallback } = placeholder;
  if (scope.lenient === true && LATER.has(namespace)) return { state: 'later', captured: name };
  if (fallback !== null && namespace !== 'env') return unknown('only ${env.NAME} takes a default (:-)');
  if (namespace === 'uuid' && name === '') return plain(scope.uuid());
  if (namespace === 'run' && name === 'id') return plain(scope.runId);
  if (namespace === 'env' && name !== '') return lookUpEnvironment(name, fallback, scope);
  if (namespace === 'secret' && name !== '') return lookUpSecret(name, scope);
  if (namespace === 'vars' && name !== '') {
    return (
      scope.variables.get(name) ?? unknown(`there is no variable "${name}"`, name, scope.variables.keys(), 'vars:')
    );
  }
  if (namespace === 'matrix' && name !== '') return lookUpMatrix(name, scope);
  if (namespace === 'captured' && name !== '') return lookUpCaptured(name, scope);
  if (namespace === 'with' || namespace === 'each') {
    return unknown(`${placeholder.written} has no meaning here: only in a ${PLACES[namespace]}`);
  }
  return unknownNamespace(placeholder);
};

const plain = (value: Json): Resolution => ({ state: 'value', value, origins: NO_ORIGINS });

const lookUpEnvironment = (name: string, fallback: string | null, scope: Scope): Resolution => {
  const value = readVariable(scope.environment, name) ?? fallback;
  return value === null ? { state: 'unavailable', origins: { ...NO_ORIGINS, unset: [name] } } : plain(value);
};

const lookUpSecret = (name: string, scope: Scope): Resolution => {
  const value = scope.secrets.get(name);
  if (value === undefined) return unknown(`there is no secret "${name}"`, name, scope.secrets.keys(), 'secrets:');
  if (value === null) return { state: 'unavailable', origins: { ...NO_ORIGINS, absent: [name] } };
  return { state: 'value', value, origins: { ...NO_ORIGINS, secrets: [name] } };
};

const PLACES = { with: 'fragment that has such a parameter', each: 'step with each:' } as const;

const lookUpCaptured = (name: string, { captured }: Scope): Resolution => {
  if (captured === null) return unknown(`\${captured.${name}} has no meaning here: only in a step of a scenario`);
  if (captured.has(name)) return { state: 'later', captured: name };
  return unknown(`no earlier step captures "${name}"`, name, captured, 'capture: of an earlier step');
};

const lookUpMatrix = (name: string, { matrix }: Scope): Resolution => {
  if (matrix === null) return unknown('${matrix.NAME} has no meaning here: the entry has no matrix');
  const value = Object.hasOwn(matrix, name) ? matrix[name] : undefined;
  return value === undefined ? unknown(`the matrix has no "${name}"`, name, Object.keys(matrix)) : plain(value);
};

const unknown = (message: string, name = '', known: Iterable<string> = [], section = ''): Resolution => ({
  state: 'unknown',
  message,
  hint: () => {
    const near = closest(name, known);
    if (near !== null) return `did you mean "${near}"?`;
    return section === '' ? null : `declare it under ${section}`;
  },
});

const FORMS = '${env.NAME}, ${env.NAME:-default}, ${secret.NAME}, ${vars.name}, ${run.id} or ${uuid}';

const unknownNamespace = ({ written, namespace }: Placeholder): Resolution => ({
  state: 'unknown',
  message: `${written} is not known`,
  hint: () => {
    const near = closest(namespace, NAMESPACES);
    return near === null || near === namespace
      ? `write ${FORMS}; $\${ is a literal \${`
      : `did you mean ${written.replace(namespace, near)}?`;
  },
});
