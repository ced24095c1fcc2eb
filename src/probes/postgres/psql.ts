import type { Address } from './address.ts';
import type { Spec } from './schema.ts';

const literal = (value: string | number | boolean): string => `'${String(value).replaceAll("'", "''")}'`;

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A statement on one line, as it can be pasted; null when its line breaks mean something. */
const onOneLine = (query: string): string | null => {
  const inLiteral = query.split("'").some((part, index) => index % 2 === 1 && part.includes('\n'));
  return query.includes('--') || inLiteral ? null : query.trim().replaceAll(/\s*\n\s*/g, ' ');
};

/** psql, as far as it can do the same: it has no parameters, so a query that has some is left to the person. */
export const psqlCommand = (spec: Spec, address: Address): readonly string[] => {
  const { host, port, database } = address;
  const query = spec.query === undefined || spec.params !== undefined ? null : onOneLine(spec.query);
  const statements = [
    'begin read only',
    ...(spec['as-role'] === undefined ? [] : [`set local role ${identifier(spec['as-role'])}`]),
    ...Object.entries(spec.set ?? {}).map(([name, value]) => `select set_config('${name}', ${literal(value)}, true)`),
  ];
  return [
    ...['psql', '-h', host, '-p', String(port), '-d', database],
    ...(query === null ? [] : [...statements, query].flatMap((one) => ['-c', one])),
  ];
};
