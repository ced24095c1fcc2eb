import type { Tool } from '@modelcontextprotocol/client';
import { isJsonObject, type Json } from '../../model/json.ts';
import { cut } from '../answer/bounds.ts';

const LONGEST_SCHEMA = 16 * 1024;
const MOST_BYTES = 512 * 1024;

/** The library hands on what `JSON.parse` gave, typed as its own; a schema that is too long is left out. */
const schemaOf = (schema: object | undefined): Json | undefined => {
  const text = schema === undefined ? undefined : JSON.stringify(schema);
  if (text === undefined || text.length > LONGEST_SCHEMA) return undefined;
  const copy: Json = JSON.parse(text);
  return isJsonObject(copy) ? copy : undefined;
};

const described = ({ name, title, description, inputSchema, outputSchema }: Tool): Json => {
  const input = schemaOf(inputSchema);
  const output = schemaOf(outputSchema);
  return {
    name: cut(name, 200),
    ...(title === undefined ? {} : { title: cut(title, 200) }),
    ...(description === undefined ? {} : { description: cut(description, 1000) }),
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
  };
};

/** The tools as the server describes them, as many as fit into 512 KiB; a schema over 16 KiB is left out. */
export const describeTools = (tools: readonly Tool[]): readonly Json[] => {
  let bytes = 0;
  const kept: Json[] = [];
  for (const tool of tools) {
    const one = described(tool);
    bytes += JSON.stringify(one).length;
    if (bytes > MOST_BYTES) break;
    kept.push(one);
  }
  return kept;
};
