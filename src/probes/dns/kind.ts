import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { readEndpoint, showEndpoint } from '../tcp/endpoint.ts';
import { explainDns } from './explain.ts';
import { dnsFactTable } from './fact-table.ts';
import { dnsProblems } from './problems.ts';
import { readQuery } from './query.ts';
import type { Spec } from './schema.ts';

const serverOf = ({ server }: Spec) => {
  const reading = server === undefined ? null : readEndpoint(server, undefined, 53);
  return reading?.ok === true ? reading.endpoint : null;
};

const target = (spec: Spec): string => {
  const name = readQuery(spec)?.name;
  const both = name === undefined || name === spec.name.toLowerCase() ? spec.name : `${spec.name} (${name})`;
  return `${spec.type ?? 'A'} ${both}${spec.server === undefined ? '' : ` at ${spec.server}`}`;
};

const empty = (fact: string): DefaultExpectation => ({
  fact,
  matcher: 'empty',
  expected: true,
  level: 'expect',
  code: 'dns-mismatch',
});

const defaults = (spec: Spec): readonly DefaultExpectation[] => [
  { fact: 'rcode', matcher: 'equals', expected: 'NOERROR', level: 'expect', code: 'dns-servfail' },
  { fact: 'count', matcher: 'at-least', expected: 1, level: 'expect', code: 'dns-no-records' },
  ...(spec.expected === undefined ? [] : [empty('missing'), empty('unexpected')]),
];

const tryCommand = (spec: Spec): readonly string[] | null => {
  const query = readQuery(spec);
  const server = serverOf(spec);
  if (query === null) return null;
  const at = server === null ? [] : [`@${server.host}`, ...(server.port === 53 ? [] : ['-p', String(server.port)])];
  return ['dig', ...at, query.name, query.type];
};

/** One question to DNS, and the whole answer. */
export const dns = defineProbe<'dns', typeof Spec>({
  kind: 'dns',
  summary:
    'Asks a name server for records and compares the whole set: over UDP, over TCP when the answer is long, without a cache of its own.',
  shorthand: 'name',
  facts: dnsFactTable,
  target,
  host: (spec) => {
    const server = serverOf(spec);
    return server === null ? null : showEndpoint(server);
  },
  layers: () => ['dns'],
  problems: dnsProblems,
  defaults,
  explain: explainDns,
  tryCommand,
  load: () => import('./look.ts'),
});
