import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { quoted } from '../answer/bounds.ts';

/** By which a schema asks that an argument is sent as a header, too (Streamable HTTP, 2026-07-28). */
const KEY = 'x-mcp-header';
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const TYPES: ReadonlySet<unknown> = new Set(['string', 'integer', 'boolean']);
/** Values and not schemas: whatever stands in them asks for nothing. */
const DATA: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'examples']);

/** A request for a header, with where it stands; `reachable` by properties of properties alone. */
type Wish = { readonly at: string; readonly schema: JsonObject; readonly reachable: boolean };

const wishesIn = (node: Json, at: string, reachable: boolean): readonly Wish[] => {
  if (Array.isArray(node)) return node.flatMap((item: Json, index) => wishesIn(item, `${at}[${index}]`, false));
  if (!isJsonObject(node)) return [];
  const own = Object.hasOwn(node, KEY) ? [{ at, schema: node, reachable: reachable && at !== '' }] : [];
  const inner = Object.entries(node).flatMap(([key, member]) => {
    if (DATA.has(key) || key === KEY) return [];
    if (key !== 'properties' || !isJsonObject(member)) return wishesIn(member, `${at}/${key}`, false);
    return Object.entries(member).flatMap(([name, schema]) => wishesIn(schema, `${at}/${name}`, reachable));
  });
  return [...own, ...inner];
};

const flawOf = ({ schema, reachable }: Wish): string | null => {
  const name = schema[KEY];
  if (!reachable) return 'stands where no argument is sure to be';
  if (typeof name !== 'string' || !TOKEN.test(name))
    return `is no name of a header: ${quoted(JSON.stringify(name), 60)}`;
  return TYPES.has(schema['type']) ? null : 'is asked for a value that is no text, integer or boolean';
};

/**
 * Why no client may call a tool with this input schema over Streamable HTTP: a header that it asks for and that cannot
 * be sent. Null when there is none.
 */
export const headerProblem = (inputSchema: Json): string | null => {
  const names = new Set<string>();
  for (const wish of wishesIn(inputSchema, '', true)) {
    const where = `the x-mcp-header at ${wish.at === '' ? 'its root' : quoted(wish.at, 100)}`;
    const flaw = flawOf(wish);
    if (flaw !== null) return `${where} ${flaw}`;
    const name = String(wish.schema[KEY]).toLowerCase();
    if (names.has(name)) return `${where} has a name that another one has`;
    names.add(name);
  }
  return null;
};
