import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';
import { sideEffectOf } from '../probes/mcp/side-effects.ts';
import { disarmLine, forTerminal } from '../report/encode/terminal.ts';

const MOST_TOOLS = 100;
const MOST_PROPERTIES = 30;
const LONGEST = 100;

const cut = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 3)}...` : line;
};

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter((item: Json) => isJsonObject(item)) : [];

const BOUNDS: readonly (readonly [key: string, words: string])[] = [
  ['minimum', 'at least'],
  ['maximum', 'at most'],
  ['minLength', 'length at least'],
  ['maxLength', 'length at most'],
  ['pattern', 'matches'],
  ['format', 'format'],
  ['default', 'default'],
];

/** A schema in a few words: `string, length at least 1`. */
const inWords = (schema: Json | undefined): string => {
  if (!isJsonObject(schema)) return 'anything';
  const { type, enum: choices, items } = schema;
  const kinds = (Array.isArray(type) ? type : [type]).map(text).filter((one) => one !== '');
  const kind = kinds.length === 0 ? 'anything' : kinds.join(' or ');
  const of = kind === 'array' && items !== undefined ? ` of ${inWords(items)}` : '';
  const bounds = BOUNDS.flatMap(([key, words]) =>
    schema[key] === undefined ? [] : [`${words} ${text(schema[key]) || JSON.stringify(schema[key])}`],
  );
  const values = Array.isArray(choices)
    ? `one of ${choices.map((one: Json) => JSON.stringify(one)).join(', ')}`
    : `${kind}${of}`;
  const said = text(schema['description']);
  return cut([[values, ...bounds].join(', '), ...(said === '' ? [] : [said])].join('; '));
};

const propertiesOf = (schema: Json | undefined): readonly (readonly [string, Json])[] => {
  const properties = isJsonObject(schema) ? schema['properties'] : undefined;
  return isJsonObject(properties) ? Object.entries(properties) : [];
};

const inputLines = (schema: Json | undefined): readonly string[] => {
  const properties = propertiesOf(schema);
  const required = isJsonObject(schema) && Array.isArray(schema['required']) ? schema['required'] : [];
  const width = Math.max(0, ...properties.map(([name]) => name.length));
  const rest = properties.length - MOST_PROPERTIES;
  return [
    ...properties
      .slice(0, MOST_PROPERTIES)
      .map(
        ([name, property]) => `      ${name.padEnd(width)} ${required.includes(name) ? '*' : ' '} ${inWords(property)}`,
      ),
    ...(rest > 0 ? [`      and ${rest} more`] : []),
    ...(schema === undefined ? ['      its input schema is too long to be shown'] : []),
  ];
};

const toolLines = (tool: JsonObject): readonly string[] => {
  const name = text(tool['name']);
  const word = sideEffectOf(name);
  const said = cut(text(tool['description']) || text(tool['title']));
  const output = propertiesOf(tool['output']).map(([property]) => property);
  return [
    `  ${name}${said === '' ? '' : `  ${said}`}`,
    ...inputLines(tool['input']),
    ...(output.length === 0 ? [] : [`      -> ${cut(output.join(', '))}`]),
    ...(word === undefined
      ? []
      : [`      changes something by its name ("${word}"): --set side-effects=allow to call it`]),
  ];
};

const ms = (value: Json): string => `${Math.round(Number(value))} ms`;

/** What an MCP server says of itself: its era, its tools with what they take (`*` must be given), and how fast it was. Empty when it was not reached. */
export const renderTools = (facts: Facts): string => {
  if (facts['connected'] !== true) return '';
  const { server, timings } = facts;
  const named = isJsonObject(server) ? `${text(server['name'])} ${text(server['version'])}` : 'gives no name';
  const tools = objectsIn(facts['tool-list']);
  const steps = isJsonObject(timings) ? Object.entries(timings).map(([step, took]) => `${step} ${ms(took)}`) : [];
  const rest = Number(facts['tool-count'] ?? 0) - Math.min(tools.length, MOST_TOOLS);
  const lines = [
    `server   ${cut(named)}`,
    `era      ${text(facts['era'])} (${text(facts['protocol-version'])}), over ${text(facts['transport'])}`,
    `latency  ${steps.join(', ')}`,
    `tools    ${String(facts['tool-count'] ?? 'none listed')}`,
    ...tools.slice(0, MOST_TOOLS).flatMap(toolLines),
    ...(rest > 0 && tools.length > 0 ? [`  and ${rest} more`] : []),
  ];
  return `${lines.map((line) => disarmLine(forTerminal(line, true))).join('\n')}\n\n`;
};
