import { dump } from 'js-yaml';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';
import { isSensitiveName, shownReference } from '../probes/engine/redirect-shown-url.ts';
import { disarmLine, forTerminal } from '../report/encode/terminal.ts';

const MOST_LISTED = 20;

/** A value that stands in the file, or the name of the secret that must be there instead. */
type Kept = { readonly value: Json; readonly secrets: readonly string[] };

const plain = (text: string): string => text.replaceAll('${', () => '$${');

const secretName = (key: string): string => {
  const name = key.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
  return /^[A-Z]/.test(name) ? name : `MCP_${name}`;
};

const asSecret = (name: string): Kept => ({ value: `\${secret.${name}}`, secrets: [name] });

/** Credentials stay out of the file: whatever has the name of one is taken from a secret. */
const keep = (key: string, value: Json): Kept => {
  if (key === 'bearer') return asSecret('MCP_TOKEN');
  if (typeof value === 'string') {
    if (isSensitiveName(key)) return asSecret(secretName(key));
    return key === 'url' && shownReference(value) !== value
      ? asSecret('MCP_URL')
      : { value: plain(value), secrets: [] };
  }
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => keep('', item));
    return { value: items.map((item) => item.value), secrets: items.flatMap((item) => item.secrets) };
  }
  if (!isJsonObject(value)) return { value, secrets: [] };
  const members = Object.entries(value).map(([name, member]) => [name, keep(name, member)] as const);
  return {
    value: Object.fromEntries(members.map(([name, member]) => [name, member.value])),
    secrets: members.flatMap(([, member]) => member.secrets),
  };
};

const idOf = (name: string): string => {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return slug === '' ? 'mcp-server' : slug;
};

const namesIn = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item: Json) => typeof item === 'string') : [];

/** What is said beside the defaults: which document was found, or that this tool finds none. */
const expectations = (spec: JsonObject, facts: Facts): JsonObject => {
  if (spec['tool'] === undefined || facts['is-error'] !== false) return {};
  const [first] = namesIn(facts['citations']);
  if (first !== undefined) return { expect: { citations: { contains: plain(first) } } };
  return facts['hits'] === undefined ? { expect: { hits: { exists: false }, text: { exists: true } } } : {};
};

/** The check file that a look at an MCP server would be. It loads as it is; secrets are named, and not told. */
export const checkFile = (spec: JsonObject, facts: Facts): string => {
  const { server } = facts;
  const name = isJsonObject(server) && typeof server['name'] === 'string' ? server['name'] : 'mcp server';
  const tool = typeof spec['tool'] === 'string' ? spec['tool'] : null;
  const tools = namesIn(facts['tools']).slice(0, MOST_LISTED);
  const listed = tool === null && spec['list'] === undefined && tools.length > 0 ? { list: tools } : {};
  const { value, secrets } = keep('', { ...spec, ...listed });
  const title = tool === null ? `${name} lists its tools` : `${tool} of ${name} answers`;
  const check = { title: plain(title), mcp: value, ...expectations(spec, facts) };
  const text = dump(
    {
      version: 1,
      name: plain(name),
      ...(secrets.length === 0 ? {} : { secrets: [...new Set(secrets)] }),
      checks: { [idOf(tool ?? name)]: check },
    },
    { lineWidth: 120, noRefs: true },
  );
  return `${text.trimEnd()}\n`;
};

/** The same for the terminal, under a line that says what it is. */
export const renderCheckFile = (spec: JsonObject, facts: Facts): string =>
  `\nas a check file\n${checkFile(spec, facts)
    .replaceAll(/^(?=.)/gm, '  ')
    .split('\n')
    .map((line) => disarmLine(forTerminal(line, true)))
    .join('\n')}`;
