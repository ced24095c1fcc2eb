import type { DefaultExpectation } from '../probe.ts';
import { defineProbe } from '../probe.ts';
import { shownReference } from '../engine/redirect-shown-url.ts';
import { portOf } from '../http/address.ts';
import { explain } from './explain.ts';
import { FACTS } from './facts.ts';
import { problems } from './problems.ts';
import type { Spec } from './schema.ts';

const held = (
  fact: string,
  matcher: DefaultExpectation['matcher'],
  expected: boolean | number,
): DefaultExpectation => ({
  fact,
  matcher,
  expected,
  level: 'expect',
  code: null,
});

const isAddress = (url: URL): boolean => url.hostname.startsWith('[') || /^[\d.]+$/.test(url.hostname);

/** `mcp`: connects to an MCP server as a client does, lists its tools, calls one and looks at what it answers. */
export const mcp = defineProbe<'mcp', typeof Spec>({
  kind: 'mcp',
  summary: 'Calls a tool of an MCP server, such as the query tool of an LLM index, and looks at what it answers.',
  shorthand: 'url',
  facts: FACTS,
  target: (spec) => {
    const address = shownReference(spec.url);
    return spec.tool === undefined ? address : `${address} (tool ${spec.tool})`;
  },
  host: (spec) => {
    const url = URL.parse(spec.url);
    return url === null ? null : `${url.hostname}:${portOf(url)}`;
  },
  layers: (spec) => {
    const url = URL.parse(spec.url);
    return [
      ...(url !== null && isAddress(url) ? [] : (['dns'] as const)),
      'tcp',
      ...(url?.protocol === 'https:' ? (['tls'] as const) : []),
      'http',
      'protocol',
      'auth',
      'tool-list',
      ...(spec.tool === undefined ? [] : (['schema', 'content', 'freshness', 'quality'] as const)),
    ];
  },
  problems,
  defaults: (spec) => [
    held('connected', 'equals', true),
    ...(spec.tool === undefined && spec.list === undefined
      ? [held('tool-count', 'at-least', 1)]
      : [held('missing-tools', 'empty', true)]),
    ...(spec.tool === undefined
      ? []
      : [
          held('is-error', 'equals', false),
          held('index-signature', 'exists', false),
          held('degraded-signature', 'exists', false),
          held('output-problem', 'exists', false),
          held('hits', 'at-least', 1),
        ]),
  ],
  explain,
  tryCommand: ({ url, tool, arguments: given }) => [
    ...['gonogo', 'probe', 'mcp', shownReference(url)],
    ...(tool === undefined ? [] : ['--set', `tool=${tool}`]),
    ...(given === undefined ? [] : ['--set', `arguments=${JSON.stringify(given)}`]),
  ],
  // The client library is large: it is imported with the look, not during one, where it would count as the server's time.
  load: async () => {
    const [module] = await Promise.all([import('./look.ts'), import('@modelcontextprotocol/client')]);
    return module;
  },
});
