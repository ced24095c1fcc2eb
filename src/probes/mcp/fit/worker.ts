import { parentPort } from 'node:worker_threads';
import { Ajv, type ErrorObject, type Options } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Fit } from './fit.ts';

/** The thread of `validator.ts`: takes one schema and one value as JSON texts at a time, and answers a `Fit`. */

const OPTIONS: Options = { strict: false, logger: false, validateFormats: false };

/**
 * A compiler for one schema alone: what one server calls `$id` is nothing to another. Nothing is ever fetched: a `$ref`
 * to another document is a schema that cannot be applied.
 */
const compilerFor = (schema: object | boolean): Ajv => {
  const dialect = typeof schema === 'object' && '$schema' in schema ? String(schema.$schema) : '';
  if (dialect.includes('draft-07')) return new Ajv(OPTIONS);
  return dialect.includes('2019-09') ? new Ajv2019(OPTIONS) : new Ajv2020(OPTIONS);
};

/** Named by the error and not by the place: a property that is missing, or one too many. */
const subjectOf = ({ params }: ErrorObject): string | null => {
  for (const key of ['missingProperty', 'additionalProperty', 'unevaluatedProperty']) {
    const name: unknown = params[key];
    if (typeof name === 'string') return name;
  }
  return null;
};

const sentence = (error: ErrorObject | undefined): string => {
  if (error === undefined) return 'it is wrong';
  const place = error.instancePath === '' ? 'it' : error.instancePath.slice(0, 200);
  const subject = subjectOf(error);
  const named = subject === null || error.keyword === 'required' ? '' : ` (${JSON.stringify(subject).slice(0, 100)})`;
  const allowed: unknown = error.params['allowedValues'];
  const values = Array.isArray(allowed) ? `: ${JSON.stringify(allowed).slice(0, 200)}` : '';
  return `${place} ${error.message ?? 'is wrong'}${named}${values}`;
};

const unusable = (why: string): Fit => ({ fits: false, fault: 'schema', why });

const fitOf = (schemaText: string, valueText: string): Fit => {
  const schema: unknown = JSON.parse(schemaText);
  const value: unknown = JSON.parse(valueText);
  if (typeof schema !== 'boolean' && (typeof schema !== 'object' || schema === null))
    return unusable('it is no schema');
  try {
    const validate = compilerFor(schema).compile(schema);
    const result: unknown = validate(value);
    if (result === true) return { fits: true };
    // An asynchronous schema answers with a promise, which would count as true.
    if (result !== false) return unusable('it is asynchronous, which JSON Schema does not know');
    return { fits: false, fault: 'value', why: sentence(validate.errors?.[0]) };
  } catch (error) {
    return unusable(error instanceof Error ? error.message.slice(0, 200) : 'it does not compile');
  }
};

const post = (message: Fit | 'ready'): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message);
};

parentPort?.on('message', (message: unknown) => {
  const [schema, value]: unknown[] = Array.isArray(message) ? message : [];
  const given = typeof schema === 'string' && typeof value === 'string';
  post(given ? fitOf(schema, value) : unusable('it did not arrive'));
});
// The first schema of all costs more than itself: that is not the server's time.
new Ajv2020(OPTIONS).compile({ type: 'object' });
post('ready');
