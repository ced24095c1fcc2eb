import { UsageError } from '../model/fault.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import type { ParsedOptions } from './parse.ts';

/** Options of `gonogo probe` that only an MCP server has a meaning for. */
export const MCP_OPTIONS = ['tool', 'arguments'] as const;

/** A fact that is only reported when somebody asks for it. */
export const ASKED_OF_MCP: JsonObject = { 'tool-list': { exists: true } };

const isUrl = (text: string): boolean => /^https?:/i.test(text);

/** The program and its arguments: as words after `--`, or in one text that needs no shell to be taken apart. */
const commandOf = (words: readonly string[]): readonly string[] => {
  const [first = '', ...rest] = words;
  if (rest.length > 0) return words;
  if (/["'\\`$]/.test(first)) {
    throw new UsageError(
      `no shell takes "${first}" apart`,
      'write the program and its arguments after --: gonogo probe mcp -- node server.js "an argument"',
    );
  }
  return first.split(/\s+/).filter((word) => word !== '');
};

const argumentsOf = (text: string): Json => {
  try {
    const value: Json = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch (error) {
    throw new UsageError(`--arguments is not JSON: ${text}`, null, { cause: error });
  }
  throw new UsageError(
    `--arguments takes a JSON object, found ${text}`,
    `for example --arguments '{"query": "refunds"}'`,
  );
};

/** What the words and options of `gonogo probe mcp URL|COMMAND` say under `mcp:`. */
export const mcpSpec = (words: readonly string[], options: ParsedOptions): JsonObject => {
  const [target = ''] = words;
  const tool = options.value('tool');
  const given = options.value('arguments');
  if (isUrl(target) && words.length > 1) {
    throw new UsageError(`a URL stands alone, found "${words.slice(1).join(' ')}" behind it`);
  }
  return {
    ...(isUrl(target) ? { url: target } : { command: commandOf(words) }),
    ...(tool === null ? {} : { tool }),
    ...(given === null ? {} : { arguments: argumentsOf(given) }),
  };
};
