import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeAuthority, makeCertificate, type Authority, type Certificate } from '../../../tests/stack/certificates.ts';
import { startDnsServer, type DnsRecord, type DnsServer } from '../../../tests/stack/dns-server.ts';
import { listen, stop } from '../../../tests/stack/listen.ts';
import { SITES, startSites } from '../../../tests/stack/sites.ts';
import { evaluate } from '../../matchers/evaluate.ts';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { domain } from './kind.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { testContext } from '../test-context.ts';

type Sites = Awaited<ReturnType<typeof startSites>>;

let authority: Authority;
let certificate: Certificate;
let dns: DnsServer;
let broken: Sites;
let blackHole: Server;
let blackHolePort: number;

const NAMES = SITES.flatMap((name) => [name, `www.${name}`]);

beforeAll(async () => {
  authority = await makeAuthority();
  certificate = await makeCertificate({ authority, names: NAMES });
  broken = await startSites('broken', { key: certificate.key, cert: certificate.chain });
  const here = { a: ['127.0.0.1'] };
  dns = await startDnsServer({
    records: new Map<string, DnsRecord>([
      ['landing.example', here],
      ['www.landing.example', { cname: 'landing.example' }],
      ['conductor.example', here],
      ['echome.example', here],
      ['silent.example', { answers: 'silent' }],
    ]),
  });
  blackHole = createServer(() => undefined);
  blackHolePort = await listen(blackHole);
});

afterAll(async () => {
  await Promise.all([broken.close(), dns.close(), stop(blackHole)]);
});

const context = (timeoutMs = 5000): ProbeContext => testContext(timeoutMs);

const specOf = (name: string, more: Partial<Spec> = {}): Spec => ({
  name,
  resolver: dns.address,
  'http-port': broken.httpPort,
  'https-port': broken.httpsPort,
  tls: { ca: authority.cert },
  ...more,
});

/** The names of the expectations that break, and the sentences that explain them. */
const judged = (facts: Facts, spec: Spec) => {
  const asked = domain.defaults(spec).map((ask) => evaluate({ ...ask, source: null }, facts, new Date()));
  const facets = asked.filter(({ held }) => !held).map(({ fact }) => fact);
  const signs = domain.explain(facts, spec).filter(({ fact }) => facets.includes(fact));
  return { broken: facets, told: signs.map(({ code, message }) => `${code}: ${message}`) };
};

const failureOf = async (spec: Spec, timeoutMs?: number): Promise<CouldNotLook> => {
  const error: unknown = await look(spec, context(timeoutMs)).catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error('the look should have failed', { cause: error });
};

test('a right domain passes on real DNS, TLS and redirects, www included', async () => {
  const spec = specOf('landing.example', {
    'lands-on': `https://landing.example:${broken.httpsPort}/`,
    serves: { title: 'Marketplace', body: 'Welcome to landing.example' },
    hsts: true,
  });
  const facts = await look(spec, context());
  expect(judged(facts, spec)).toEqual({ broken: [], told: [] });
  expect(facts).toMatchObject({
    dns: { addresses: ['127.0.0.1'] },
    'final-statuses': [200, 200, 200, 200],
    'left-out': [],
    page: { title: 'Marketplace' },
    tls: { verified: true, subject: expect.stringContaining('landing.example') },
  });
});

test('a loop is named hop by hop, over the downgrade that is half of it', async () => {
  const spec = specOf('echome.example');
  const facts = await look(spec, context());
  const http = `http://echome.example:${broken.httpPort}/`;
  const https = `https://echome.example:${broken.httpsPort}/`;
  expect(judged(facts, spec).told).toEqual([
    `redirect-loop: every variant ends in a redirect loop: ${http} --308--> ${https} --308--> ${http}  (loop of 2: scheme ping-pong)`,
  ]);
  expect(facts['left-out']).toHaveLength(2);
});

test('the wrong site that answers 200 is found by its identity', async () => {
  const spec = specOf('conductor.example', { serves: { title: 'Conductor' } });
  const facts = await look(spec, context());
  expect(judged(facts, spec)).toEqual({
    broken: ['serves'],
    told: [
      `wrong-site: another site is served: https://conductor.example:${broken.httpsPort}/: its title is "Domain parked", not "Conductor"`,
    ],
  });
});

test('a name that does not exist cannot be looked at', async () => {
  const failure = await failureOf(specOf('docs.example'));
  expect(failure.code).toBe('dns-nxdomain');
  expect(failure.message).toMatch(/^no variant of docs\.example can be asked; http-apex, https-apex: .*docs\.example/);
  expect(failure.facts['chains']).toHaveLength(2);
});

test('a certificate of an unknown authority is told with its host, and the walk goes on', async () => {
  const spec = specOf('landing.example', { tls: {} });
  const facts = await look(spec, context());
  const { broken: facets, told } = judged(facts, spec);
  expect(facets).toEqual(['tls.verified']);
  expect(told[0]).toMatch(/^tls-(untrusted|incomplete-chain): certificate of (www\.)?landing\.example: /);
  expect(facts['final-status']).toBe(200);
});

test('a certificate for another name is told although www alone has it', async () => {
  const narrow = await makeCertificate({ authority, names: ['landing.example'] });
  const sites = await startSites('healed', { key: narrow.key, cert: narrow.chain });
  const spec = specOf('landing.example', { 'http-port': sites.httpPort, 'https-port': sites.httpsPort });
  const facts = await look(spec, context());
  await sites.close();
  expect(judged(facts, spec).told[0]).toMatch(/^tls-wrong-host: certificate of www\.landing\.example: /);
});

test('one entrance that never answers does not hide the others', async () => {
  const spec = specOf('landing.example', { 'http-port': blackHolePort });
  const started = performance.now();
  const facts = await look(spec, context(1000));
  expect(performance.now() - started).toBeLessThan(1000);
  expect(facts['final-url']).toBe(`https://landing.example:${broken.httpsPort}/`);
  expect(judged(facts, spec).told).toEqual([
    expect.stringMatching(/^timeout: http-apex, http-www cannot be asked: timed out/),
  ]);
});

test('before DNS points anywhere, connect-to finds the site', async () => {
  const spec = specOf('docs.example', { 'connect-to': '127.0.0.1', variants: ['http-apex', 'https-apex'] });
  const facts = await look(spec, context());
  expect(judged(facts, spec).broken).toEqual([]);
});

test('a name server that is silent ends in a DNS timeout', async () => {
  const failure = await failureOf(specOf('silent.example'), 800);
  expect(failure.code).toBe('dns-timeout');
});
