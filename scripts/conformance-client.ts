import { argv, env, exit } from 'node:process';
import { isJsonObject, type Json, type JsonObject } from '../src/model/json.ts';
import type { Facts } from '../src/model/observation.ts';
import { look } from '../src/probes/mcp/look.ts';
import type { Spec } from '../src/probes/mcp/schema.ts';
import { testContext } from '../src/probes/test-context.ts';

/**
 * Our probe as the client that the conformance suite of MCP starts: the address is the last argument, the scenario and
 * what it wants called are in the environment. Ends with 0 when every look reached its server.
 */

type Call = { readonly name: string; readonly arguments: JsonObject };

const url = argv.at(-1) ?? '';
const scenario = env['MCP_CONFORMANCE_SCENARIO'] ?? '';
const version = env['MCP_CONFORMANCE_PROTOCOL_VERSION'];

const read = (text: string | undefined): Json => (text === undefined ? null : JSON.parse(text));
const listIn = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const lookAt = (spec: Omit<Spec, 'url'>): Promise<Facts> => {
  const era = version === undefined ? 'auto' : version >= '2026-07-28' ? 'modern' : 'legacy';
  return look({ url, era, ...spec }, testContext(20_000, { asked: ['tool-list', 'era'] }));
};

/** What the context of the scenario wants to be called. */
const wanted = (): readonly Call[] => {
  const context = read(env['MCP_CONFORMANCE_CONTEXT']);
  return listIn(isJsonObject(context) ? context['toolCalls'] : undefined).flatMap((call) => {
    const given = isJsonObject(call) ? call['arguments'] : undefined;
    return isJsonObject(call) ? [{ name: String(call['name']), arguments: isJsonObject(given) ? given : {} }] : [];
  });
};

/** What has to be called of the tools that the server lists, where the scenario only describes it in words. */
const chosen = (tools: readonly JsonObject[]): readonly Call[] => {
  const names = tools.map(({ name }) => String(name));
  switch (scenario) {
    case 'tools_call':
      return [{ name: 'add_numbers', arguments: { a: 5, b: 3 } }];
    case 'sse-retry':
      return [{ name: 'test_reconnection', arguments: {} }];
    case 'http-invalid-tool-headers':
      return names.map((name) => ({ name, arguments: {} }));
    case 'json-schema-2020-12-preservation': {
      const schema = tools.find(({ name }) => name === 'json_schema_2020_12_tool')?.['input'] ?? null;
      return [{ name: 'json_schema_echo', arguments: { schema } }];
    }
    default:
      return [];
  }
};

const listed = await lookAt({});
const tools = listIn(listed['tool-list']).filter((tool) => isJsonObject(tool));
const calls = wanted();
const looks = [listed];
for (const call of calls.length > 0 ? calls : chosen(tools)) {
  looks.push(
    await lookAt({
      tool: call.name,
      arguments: { ...call.arguments },
      'check-arguments': false,
      'side-effects': 'allow',
    }),
  );
}
// A server without a tool was reached all the same, and that is said rightly of it.
const failed = looks.filter(({ failure }) => failure !== undefined && failure !== 'tool-missing');
for (const facts of failed) console.error(facts['failure-message']);
exit(failed.length === 0 ? 0 : 1);
