import type { DnsRecord } from '../../stack/dns-server.ts';
import { fails, impatient, passes, warns, type Behaviour, type Expected, type Target } from '../behaviour.ts';
import { healthy } from './wire.ts';

type Records = { readonly [name: string]: DnsRecord };

/** A name server that answers so, and a healthy web server on 127.0.0.1. */
const named = (
  name: string,
  row: string,
  never: Behaviour['healthy'],
  expected: Expected,
  records: Records,
  more: Partial<Target> = {},
): Behaviour => ({
  name,
  row,
  healthy: never,
  expected,
  open: async (stage) => {
    const port = await stage.tcp((socket) => socket.end(healthy));
    const resolver = await stage.dns(records);
    const { spec = {}, url = 'http://a.test/', ...others } = more;
    const address = new URL(url);
    address.port = String(port);
    return { url: address.href, ...others, spec: { resolver, ...spec } };
  },
});

const HERE = ['127.0.0.1'];
const server = String.raw`127\.0\.0\.1:\d+`;
const silent = fails(
  'dns-timeout',
  new RegExp(`^timed out after 1\\.0 s in dns: no answer from ${server} about a\\.test$`),
);

/** Name servers that say no, say nothing, or go in circles (D1), and names with good and bad addresses (D2, D4). */
export const dns: readonly Behaviour[] = [
  named(
    'dns-nxdomain',
    'D1',
    'never',
    fails('dns-nxdomain', new RegExp(`^a\\.test does not exist \\(NXDOMAIN from ${server}\\)$`)),
    {},
  ),
  named(
    'dns-nxdomain-half-silent',
    'D1',
    'never',
    fails('dns-nxdomain', /^a\.test does not exist/),
    { 'a.test': { answers: 'nxdomain', silentFor: ['aaaa'] } },
    impatient,
  ),
  named(
    'dns-servfail',
    'D1',
    'never',
    fails('dns-servfail', new RegExp(`^${server} failed to look up a\\.test \\(SERVFAIL\\)$`)),
    {
      'a.test': { answers: 'servfail' },
    },
  ),
  named(
    'dns-refused',
    'D1',
    'never',
    fails('dns-refused', new RegExp(`^${server} refused to look up a\\.test \\(REFUSED\\)$`)),
    {
      'a.test': { answers: 'refused' },
    },
  ),
  named(
    'dns-empty',
    'D1',
    'never',
    fails('dns-no-records', new RegExp(`^a\\.test has no A or AAAA record \\(asked ${server}\\)$`)),
    { 'a.test': { answers: 'empty' } },
  ),
  named('dns-silent', 'D1', 'never', silent, { 'a.test': { answers: 'silent' } }, impatient),
  named('dns-wrong-id', 'D1', 'never', silent, { 'a.test': { answers: 'wrong-id', a: HERE } }, impatient),
  named(
    'dns-truncated',
    'D1',
    'never',
    fails(
      'dns-refused',
      new RegExp(`^no name server answers at ${server} \\(over UDP, or over TCP for an answer that was cut off\\)$`),
    ),
    { 'a.test': { answers: 'truncated', a: HERE } },
    impatient,
  ),
  named(
    'dns-garbage',
    'D1',
    'never',
    fails('dns-servfail', new RegExp(`^${server} gave an answer about a\\.test that cannot be used \\(EBADRESP\\)$`)),
    { 'a.test': { answers: 'garbage' } },
    impatient,
  ),
  named(
    'dns-cname-loop',
    'D1',
    'never',
    fails('dns-cname-loop', /^the aliases of a\.test go in a circle: a\.test -> b\.test -> a\.test$/),
    { 'a.test': { cname: 'b.test' }, 'b.test': { cname: 'a.test' } },
  ),
  named(
    'dns-cname-self',
    'D1',
    'never',
    fails('dns-cname-loop', /^the aliases of a\.test go in a circle: a\.test -> a\.test$/),
    { 'a.test': { cname: 'a.test' } },
  ),
  named(
    'dns-cname-dangling',
    'D1',
    'never',
    fails('dns-nxdomain', /^a\.test is an alias of gone\.test, which does not exist \(NXDOMAIN from /),
    { 'a.test': { cname: 'gone.test' } },
  ),
  named('dns-cname-chain', 'D1', 'may', passes, {
    'a.test': { cname: 'b.test' },
    'b.test': { cname: 'c.test' },
    'c.test': { a: HERE },
  }),
  named('dns-100-addresses', 'D1', 'may', passes, {
    'a.test': { a: [...HERE, ...Array.from({ length: 99 }, (_, at) => `127.1.0.${at}`)] },
  }),

  named('dns-aaaa-silent', 'D2', 'may', passes, { 'a.test': { a: HERE, silentFor: ['aaaa'] } }, impatient),
  named(
    'dns-a-silent',
    'D2',
    'never',
    fails('connect-refused', /^port \d+: ::1 refused the connection$/),
    { 'a.test': { aaaa: ['::1'], silentFor: ['a'] } },
    impatient,
  ),
  named('first-address-dead', 'D2', 'may', warns('connect-unreachable', /127\.0\.0\.9 refused the connection/), {
    'a.test': { a: ['127.0.0.9', '127.0.0.1'], aaaa: ['::1'] },
  }),
  named('ipv4-mapped', 'D2', 'may', passes, { 'a.test': { aaaa: ['::ffff:7f00:1'] } }),
  named(
    'every-address-dead',
    'D2',
    'never',
    fails(
      'connect-refused',
      /none of 2 addresses: 127\.0\.0\.8 refused the connection; 127\.0\.0\.9 refused the connection$/,
    ),
    { 'a.test': { a: ['127.0.0.8', '127.0.0.9'] } },
  ),
  named(
    'family-not-there',
    'D2',
    'never',
    fails('dns-no-records', /^a\.test has no AAAA record/),
    { 'a.test': { a: HERE } },
    {
      spec: { family: 6 },
    },
  ),

  named('last-dot', 'D4', 'may', passes, { 'a.test': { a: HERE } }, { url: 'http://a.test./' }),
  named('underscore-label', 'D4', 'may', passes, { '_x.a.test': { a: HERE } }, { url: 'http://_x.a.test/' }),
  named(
    'international-name',
    'D4',
    'may',
    passes,
    { 'xn--mnchen-3ya.test': { a: HERE } },
    { url: 'http://m\u00fcnchen.test/' },
  ),
  named('ideographic-dot', 'D4', 'may', passes, { 'a.test': { a: HERE } }, { url: 'http://a\u3002test/' }),
];
