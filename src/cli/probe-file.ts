import { CORE_SCHEMA, load } from 'js-yaml';
import { UsageError } from '../model/fault.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { closest } from '../model/suggest.ts';
import { probes } from '../probes/registry.ts';
import type { ParsedOptions } from './parse.ts';
import { ASKED_OF_MCP, MCP_OPTIONS, mcpSpec } from './probe-mcp.ts';

/** The id of the one check in the file. */
export const ID = 'probe';

/** The variable that holds a target with a password in it, which is a secret here as in a file. */
export const TARGET = 'TARGET_OF_PROBE';

/** What is looked at, as it was typed. */
export type Looked = { readonly kind: keyof typeof probes; readonly spec: JsonObject };

const PASSWORD = /(:\/\/[^/@:]*:)([^/@]+)(@)/;

const isKind = (name: string): name is keyof typeof probes => Object.hasOwn(probes, name);

/** The core schema knows nothing that JSON does not have. */
const isJson = (value: unknown): value is Json => value !== undefined;

const readYaml = (text: string): Json => {
  const value: unknown = load(text, { schema: CORE_SCHEMA });
  return isJson(value) ? value : null;
};

/** `KEY=VALUE` pairs, the values read as YAML. */
const pairs = (option: string, texts: readonly string[]): JsonObject =>
  Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1)
        throw new UsageError(`--${option} takes a pair, found "${text}"`, `for example --${option} status=200`);
      try {
        return [text.slice(0, at), readYaml(text.slice(at + 1))];
      } catch (error) {
        throw new UsageError(`--${option} ${text}: the value is not YAML`, null, { cause: error });
      }
    }),
  );

/** What the words and options of a command line look at. Throws `UsageError`. */
export const lookedAt = (options: ParsedOptions): Looked => {
  const [kind = '', ...targets] = options.words;
  if (!isKind(kind)) {
    const near = closest(kind, Object.keys(probes));
    const hint = near === null ? `the kinds are ${Object.keys(probes).join(', ')}` : `did you mean "${near}"?`;
    throw new UsageError(`there is no probe kind "${kind}"`, hint);
  }
  const set = pairs('set', options.values('set'));
  if (kind === 'mcp') return { kind, spec: { ...mcpSpec(targets, options), ...set } };
  const [target = '', ...more] = targets;
  const other = MCP_OPTIONS.find((option) => options.has(option));
  if (other !== undefined)
    throw new UsageError(`--${other} has no meaning for ${kind}`, 'it names the tool of an MCP server');
  if (more.length > 0)
    throw new UsageError(`gonogo probe ${kind} takes one target, found "${more.join(' ')}" behind it`);
  return { kind, spec: { [probes[kind].shorthand]: target, ...set } };
};

/** What is typed is meant as it stands: no placeholder is filled. */
const literal = (text: string): string => text.replaceAll('${', () => '$${');

const literally = (value: Json): Json => {
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value)) return value.map((item: Json) => literally(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, literally(member)]));
};

/** The file that a command line stands for, and the value of its secret `TARGET` if it has one. */
export const fileFor = ({ kind, spec }: Looked, options: ParsedOptions) => {
  const { shorthand } = probes[kind];
  const target = spec[shorthand];
  const secret = typeof target === 'string' && PASSWORD.test(target) ? target : undefined;
  const words = options.words.map((word) => (word === secret ? word.replace(PASSWORD, '$1***$3') : word)).join(' ');
  const hidden = secret === undefined ? {} : { [shorthand]: `\${secret.${TARGET}}` };
  const expect = pairs('expect', options.values('expect'));
  const timeout = options.value('timeout');
  const check = {
    title: literal(words),
    ...(timeout === null ? {} : { timeout }),
    ...(Object.keys(expect).length === 0 ? {} : { expect: literally(expect) }),
    ...(kind === 'mcp' ? { warn: ASKED_OF_MCP } : {}),
    [kind]: { ...Object.fromEntries(Object.entries(spec).map(([key, value]) => [key, literally(value)])), ...hidden },
  };
  const secrets = secret === undefined ? {} : { secrets: [TARGET] };
  const file = { version: 1, name: literal(`probe ${words}`), ...secrets, checks: { [ID]: check } };
  return { text: `${JSON.stringify(file, null, 2)}\n`, secret };
};
