import { parentPort } from 'node:worker_threads';
import { Ajv, type Options } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** The thread of `output.ts`: takes one schema and one value as JSON texts, and answers null or what is wrong. */

const OPTIONS: Options = { strict: false, logger: false, validateFormats: false, addUsedSchema: false };

const compilerOf = (schema: unknown) => {
  const dialect = typeof schema === 'object' && schema !== null && '$schema' in schema ? String(schema.$schema) : '';
  if (dialect.includes('draft-07')) return new Ajv(OPTIONS);
  return dialect.includes('2019-09') ? new Ajv2019(OPTIONS) : new Ajv2020(OPTIONS);
};

const problemOf = (schemaText: string, valueText: string): string | null => {
  const schema: unknown = JSON.parse(schemaText);
  const value: unknown = JSON.parse(valueText);
  if (typeof schema !== 'boolean' && (typeof schema !== 'object' || schema === null))
    return 'the output schema is not a schema';
  try {
    const compiler = compilerOf(schema);
    const validate = compiler.compile(schema);
    if (validate(value)) return null;
    const [first] = validate.errors ?? [];
    const where =
      first?.instancePath === undefined || first.instancePath === '' ? 'it' : first.instancePath.slice(0, 100);
    return `the structured content does not fit the declared output schema: ${where} ${first?.message ?? 'is wrong'}`;
  } catch (error) {
    return `the declared output schema cannot be applied: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}`;
  }
};

const reply = (message: string | null): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message);
};

parentPort?.once('message', (message: unknown) => {
  const [schema, value]: unknown[] = Array.isArray(message) ? message : [];
  const given = typeof schema === 'string' && typeof value === 'string';
  reply(given ? problemOf(schema, value) : 'the validator got no schema');
});
reply('ready');
