import { array, assert, asyncProperty, constantFrom, nat, option, record, tuple, type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import type { HttpRequest } from './request.ts';
import { imaginedNet, requestFor, stillContext, to } from './redirect-test-site.ts';
import { followRedirects, type RedirectPolicy } from './redirects.ts';

const POLICY: RedirectPolicy = { follow: true, max: 20, allowDowngrade: true, allowPrivate: false, trust: [] };

const URLS = [
  'https://a.test/',
  'http://a.test/',
  'https://www.a.test/',
  'https://b.test/x',
  'https://b.test/x/',
  'https://b.test/x?q=%2F&q=/',
] as const;

/** A page answers 200 or redirects, by the value of the one cookie that it looks at, and may set or delete a cookie. */
type Rule = { readonly target: number | null; readonly status: number; readonly cookie: string | null };
type Page = { readonly watches: string; readonly rules: readonly Rule[] };

const cookieName = constantFrom('p', 'q');
const rule: Arbitrary<Rule> = record({
  target: option(nat(URLS.length - 1), { freq: 8 }),
  status: constantFrom(301, 302, 303, 307, 308),
  cookie: option(
    tuple(cookieName, constantFrom('0', '1', null)).map(([name, value]) =>
      value === null ? `${name}=; Path=/; Max-Age=0` : `${name}=${value}; Path=/`,
    ),
  ),
});
const page: Arbitrary<Page> = record({
  watches: cookieName,
  rules: array(rule, { minLength: 3, maxLength: 3 }),
});
const graph = array(page, { minLength: URLS.length, maxLength: URLS.length });

/** Which rule a page follows: 0 without the cookie that it watches, else one more than the cookie's value. */
const ruleOf = (pages: readonly Page[], index: number, value: string | undefined): Rule => {
  const found = pages[index]?.rules[value === undefined ? 0 : Number(value) + 1];
  if (found === undefined) throw new Error('the graph is incomplete');
  return found;
};

type Truth = {
  readonly visited: readonly (string | undefined)[];
  readonly tail: readonly (string | undefined)[] | null;
  readonly members: readonly (string | undefined)[] | null;
  readonly end: 'loop' | 'answer' | 'redirect-limit';
};

/** The same walk over plain states, a page with the cookies of every host, without URLs, requests or a jar. */
const simulate = (pages: readonly Page[], start: number): Truth => {
  const cookies = new Map<string, string>();
  const visited: (string | undefined)[] = [];
  const states: string[] = [];
  let at = start;
  for (;;) {
    const state = JSON.stringify([at, ...[...cookies].sort()]);
    const repeated = states.indexOf(state);
    if (repeated >= 0)
      return { visited, tail: visited.slice(0, repeated), members: visited.slice(repeated), end: 'loop' };
    if (visited.length > POLICY.max) return { visited, tail: null, members: null, end: 'redirect-limit' };
    visited.push(URLS[at]);
    states.push(state);
    const host = URLS[at]?.split('/')[2];
    const next = ruleOf(pages, at, cookies.get(`${host} ${pages[at]?.watches}`));
    if (next.target === null) return { visited, tail: null, members: null, end: 'answer' };
    const [, name, value] = /^(\w)=(\d?)/.exec(next.cookie ?? '') ?? [];
    if (value === '') cookies.delete(`${host} ${name}`);
    else if (value !== undefined) cookies.set(`${host} ${name}`, value);
    at = next.target;
  }
};

const netOf = (pages: readonly Page[]) =>
  imaginedNet((request: HttpRequest) => {
    const index = URLS.findIndex((url) => url === request.url.href);
    const header = request.headers.find(([name]) => name === 'cookie')?.[1] ?? '';
    const cookies = new Map(header.split('; ').map((pair): [string, string] => [pair.slice(0, 1), pair.slice(2)]));
    const next = ruleOf(pages, index, cookies.get(pages[index]?.watches ?? ''));
    if (next.target === null) return { status: 200 };
    const cookie = next.cookie === null ? [] : [['set-cookie', next.cookie] as const];
    return to(`${URLS[next.target]}#f${next.status}`, next.status, ...cookie);
  });

test('random redirect graphs with cookies are diagnosed right: loop or none, and which cycle', async () => {
  const ends = { loop: 0, answer: 0, 'redirect-limit': 0 };
  await assert(
    asyncProperty(graph, nat(URLS.length - 1), async (pages, start) => {
      const truth = simulate(pages, start);
      const net = netOf(pages);
      const chain = await followRedirects(requestFor(URLS[start] ?? ''), POLICY, stillContext, net.exchange);
      ends[truth.end] += 1;
      expect({
        visited: net.sent.map(({ url }) => url.href),
        tail: chain.loop?.tail ?? null,
        members: chain.loop?.members ?? null,
        end: chain.loop === null ? (chain.problem?.code ?? 'answer') : 'loop',
      }).toEqual(truth);
      expect(chain.answer?.status === 200).toBe(truth.end === 'answer');
    }),
    { numRuns: 2000 },
  );
  expect(Math.min(ends.loop, ends.answer)).toBeGreaterThan(100);
});
