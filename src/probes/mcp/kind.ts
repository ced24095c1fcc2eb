import type { DefaultExpectation } from '../probe.ts';
import { defineProbe } from '../probe.ts';
import { explain } from './explain.ts';
import { FACTS } from './facts.ts';
import { problems } from './problems.ts';
import type { Spec } from './schema.ts';

const held = (fact: string, matcher: DefaultExpectation['matcher'], expected: boolean | number): DefaultExpectation => ({
  fact,
  matcher,
  expected,
  level: 'expect',
  code: null,
});

/** An address for people: what may hold a secret (userinfo, query, fragment) is left out. */
const shownUrl = (text: string): string => {
  const url = URL.parse(text);
  return url === null ? 'an invalid URL' : `${url.origin}${url.pathname}`;
};

/** `mcp`: connects to an MCP server as a client does, lists its tools, calls one and looks at what it answers. */
export const mcp = defineProbe<'mcp', typeof Spec>({
  kind: 'mcp',
  summary: 'Calls a tool of an MCP server, such as the query tool of an LLM index, and looks at what it answers.',
  shorthand: 'url',
  facts: FACTS,
  target: (spec) => (spec.tool === undefined ? shownUrl(spec.url) : `${shownUrl(spec.url)} tool ${spec.tool}`),
  host: (spec) => {
    const url = URL.parse(spec.url);
    return url === null ? null : `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
  },
  layers: (spec) => [
    'dns',
    'tcp',
    ...(spec.url.startsWith('https:') ? (['tls'] as const) : []),
    'redirect',
    'http',
    'protocol',
    'auth',
    'tool-list',
    ...(spec.tool === undefined ? [] : (['schema', 'content', 'freshness', 'quality'] as const)),
  ],
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
  tryCommand: (spec) => ['gonogo', 'probe', 'mcp', shownUrl(spec.url)],
  load: () => import('./look.ts'),
});
