import type { SchemaError } from './validate.generated.js';

/**
 * Reduces what a validator says of alternatives (`anyOf`) to what helps: the errors of the one alternative that was
 * meant, or a single error that names them all. Errors arrive with the alternatives' own before the `anyOf` itself.
 */
export const settleAlternatives = (errors: readonly SchemaError[]): readonly SchemaError[] => {
  const settled: SchemaError[] = [];
  for (const error of errors) {
    if (error.keyword !== 'anyOf') {
      settled.push(error);
      continue;
    }
    const first = settled.findLastIndex((other) => !isInside(other, error)) + 1;
    settled.push(...settleOne(error, settled.splice(first)));
  }
  return settled;
};

const isInside = (error: SchemaError, outer: SchemaError): boolean =>
  error.schemaPath.startsWith(`${outer.schemaPath}/`) &&
  (error.instancePath === outer.instancePath || error.instancePath.startsWith(`${outer.instancePath}/`));

const settleOne = (outer: SchemaError, inside: readonly SchemaError[]): readonly SchemaError[] => {
  const branches = [...Map.groupBy(inside, (error) => branchOf(error, outer)).values()];
  const fitting = branches.filter((branch) => !branch.some((error) => isWrongType(error, outer)));
  const [only] = fitting;
  if (fitting.length === 1 && only !== undefined) return only;
  const shared = sharedUnknownKeys(fitting);
  if (shared.length > 0) return shared;
  return [{ ...outer, params: { alternatives: (fitting.length > 0 ? fitting : branches).map(([first]) => first) } }];
};

const branchOf = (error: SchemaError, outer: SchemaError): string =>
  error.schemaPath.slice(outer.schemaPath.length + 1).split('/')[0] ?? '';

const isWrongType = (error: SchemaError, outer: SchemaError): boolean =>
  error.instancePath === outer.instancePath && error.keyword === 'type';

/** Keys that none of the alternatives knows, with the keys of all of them to suggest from. */
const sharedUnknownKeys = (branches: readonly (readonly SchemaError[])[]): readonly SchemaError[] => {
  const unknown = branches.map((branch) => branch.filter(({ keyword }) => keyword === 'additionalProperties'));
  const [first = [], ...others] = unknown;
  const known = Object.assign({}, ...unknown.flat().map(({ parentSchema }) => parentSchema?.['properties']));
  return first
    .filter((error) => others.every((other) => other.some((one) => sameKey(one, error))))
    .map((error) => ({ ...error, parentSchema: { properties: known } }));
};

const sameKey = (a: SchemaError, b: SchemaError): boolean =>
  a.instancePath === b.instancePath && a.params['additionalProperty'] === b.params['additionalProperty'];
