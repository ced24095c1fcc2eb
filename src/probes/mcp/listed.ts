import { createHash } from 'node:crypto';
import type { Client, Tool } from '@modelcontextprotocol/client';
import type { Facts } from '../../model/observation.ts';
import { cut } from '../answer/bounds.ts';
import type { Spec } from './schema.ts';
import { describeTools } from './tool-list.ts';

/** How many names of tools a fact keeps. */
const MAX_NAMES = 200;

/** The facts of a list of tools that is complete. Pure. */
export const listedFacts = (tools: readonly Tool[], spec: Spec, asked: readonly string[]): Facts => {
  const names = new Set(tools.map((tool) => tool.name));
  const wanted = [...(spec.tool === undefined ? [] : [spec.tool]), ...(spec.list ?? [])];
  return {
    tools: [...names].slice(0, MAX_NAMES).map((name) => cut(name, 200)),
    'tool-count': tools.length,
    'missing-tools': [...new Set(wanted)].filter((name) => !names.has(name)),
    'tool-schema-hash': schemaHash(tools),
    ...(asked.includes('tool-list') ? { 'tool-list': describeTools(tools) } : {}),
  };
};

/** The same for the same interfaces, in whatever order the server lists tools and members. */
const schemaHash = (tools: readonly Tool[]): string => {
  const interfaces = tools
    .map(({ name, inputSchema, outputSchema }) => canonical([name, inputSchema, outputSchema ?? null]))
    .sort();
  return createHash('sha256').update(interfaces.join('\n')).digest('hex');
};

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

/** What a server says of itself when a client connects. */
export const serverFacts = (client: Client): Facts => {
  const server = client.getServerVersion();
  const era = client.getProtocolEra();
  const version = client.getNegotiatedProtocolVersion();
  return {
    ...(era === undefined ? {} : { era }),
    ...(version === undefined ? {} : { 'protocol-version': version }),
    ...(server === undefined ? {} : { server: { name: cut(server.name, 200), version: cut(server.version, 200) } }),
  };
};
