import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { domain } from '../../src/probes/domain/kind.ts';
import { look as lookAtDomain } from '../../src/probes/domain/look.ts';
import { http } from '../../src/probes/http/kind.ts';
import { look } from '../../src/probes/http/look.ts';
import { testContext } from '../../src/probes/test-context.ts';
import { makeCertificate } from '../stack/certificates.ts';
import { startDnsServer, type DnsServer } from '../stack/dns-server.ts';
import { newStage } from './stage.ts';
import { healthy, whole } from './servers/wire.ts';

/** As written, and as DNS, TLS, redirects and reports have it (D4). */
const NAMES: readonly (readonly [written: string, canonical: string])[] = [
  ['A.Test', 'a.test'],
  ['MÜNCHEN.test', 'xn--mnchen-3ya.test'],
  ['mu\u0308nchen.test', 'xn--mnchen-3ya.test'],
  ['XN--MNCHEN-3YA.TEST', 'xn--mnchen-3ya.test'],
  ['straße.test', 'xn--strae-oqa.test'],
  ['σος.test', 'xn--0xagb.test'],
  ['☃.test', 'xn--n3h.test'],
  ['💩.test', 'xn--ls8h.test'],
  ['☕\ufe0f.test', 'xn--53h.test'],
  ['日本。test', 'xn--wgv71a.test'],
  ['a\uff0etest', 'a.test'],
  ['a\uff61test', 'a.test'],
  ['ＧＯ.test', 'go.test'],
  ['ﬁn.test', 'fin.test'],
  ['a\u00adb.test', 'ab.test'],
  ['\u0430pple.test', 'xn--pple-43d.test'],
  ['אבג.test', 'xn--4dbcd.test'],
  ['_dmarc.a.test', '_dmarc.a.test'],
  ['a_b.test', 'a_b.test'],
  ['-a-.test', '-a-.test'],
  ['ab--c.test', 'ab--c.test'],
  [`${'a'.repeat(63)}.test`, `${'a'.repeat(63)}.test`],
];

/** No name that DNS can hold, or none that may be written so. */
const REFUSED: readonly string[] = [
  `${'a'.repeat(64)}.test`,
  `${'ü'.repeat(63)}.test`,
  `${'a.'.repeat(127)}test`,
  'a..test',
  '.test',
  'a\u200db.test',
  'אa.test',
  '\u0300a.test',
  '⒈com',
  'a b.test',
  'a\u0000b.test',
];

const stage = newStage();
const asked: string[] = [];
let dns: DnsServer;
let port: number;

beforeAll(async () => {
  const here = { a: ['127.0.0.1'] };
  dns = await startDnsServer({ records: new Map(NAMES.map(([, name]) => [name, here])) });
  port = await stage.tcp((socket, head) => {
    asked.push(/^host: (.*)$/im.exec(head)?.[1] ?? '');
    socket.end(healthy);
  });
});

afterAll(() => Promise.all([stage.close(), dns.close()]));

const hostsOf = async (action: () => Promise<unknown>): Promise<readonly string[]> => {
  asked.length = 0;
  await action();
  return asked;
};

describe.each(NAMES)('the name %s', (written, canonical) => {
  test('is asked for over http as it is canonically', async () => {
    const spec = { url: `http://${written}:${port}/`, resolver: dns.address };
    expect(http.problems(spec)).toEqual([]);
    expect(http.host(spec)).toBe(`${canonical}:${port}`);
    const hosts = await hostsOf(async () => {
      const facts = await look(spec, testContext());
      expect(facts).toMatchObject({ status: 200, 'final-url': `http://${canonical}:${port}/` });
    });
    expect(hosts).toEqual([`${canonical}:${port}`]);
  });

  test('is walked as a domain as it is canonically', async () => {
    const spec = {
      name: written,
      resolver: dns.address,
      'http-port': port,
      https: 'optional' as const,
      variants: ['http-apex' as const],
    };
    expect(domain.problems(spec)).toEqual([]);
    const hosts = await hostsOf(async () => {
      expect(await lookAtDomain(spec, testContext())).toMatchObject({ 'final-url': `http://${canonical}:${port}/` });
    });
    expect(hosts).toEqual([`${canonical}:${port}`]);
  });

  test('with a last dot is the same name, and is asked for with it', async () => {
    const spec = { url: `http://${written}.:${port}/`, resolver: dns.address };
    const hosts = await hostsOf(async () => expect(await look(spec, testContext())).toMatchObject({ status: 200 }));
    expect(hosts).toEqual([`${canonical}.:${port}`]);
  });
});

test.each(REFUSED)('%j is refused when the file is loaded', (name) => {
  expect(http.problems({ url: `http://${name}/` })).toMatchObject([{ path: ['url'] }]);
  expect(domain.problems({ name })).toMatchObject([{ path: ['name'] }]);
});

test('an international name is shown in both its forms: it may look like another', () => {
  expect(http.target({ url: 'https://\u0430pple.test/x' })).toBe('https://xn--pple-43d.test/x (\u0430pple.test)');
  expect(http.target({ url: 'https://apple.test/x' })).toBe('https://apple.test/x');
  expect(domain.target({ name: 'xn--pple-43d.test' })).toBe('\u0430pple.test (xn--pple-43d.test)');
  expect(domain.target({ name: 'Apple.test' })).toBe('Apple.test');
  expect(http.tryCommand({ url: 'https://\u0430pple.test/x' })?.at(-1)).toBe('https://xn--pple-43d.test/x');
});

test('a redirect to the same name in another form is a loop, and to the one it looks like is none', async () => {
  const loop = await stage.tcp((socket, head) => {
    const name = head.startsWith('GET /look') ? '\u0430pple.test' : 'M\u00dcNCHEN.test';
    const at = head.startsWith('GET /look') ? port : loop;
    const bytes = Buffer.from(`http://${name}:${at}/`).toString('latin1');
    socket.end(whole('', [`Location: ${bytes}`], 'HTTP/1.1 302 Found\r\n'));
  });
  const spec = { resolver: dns.address, follow: true };
  const looping = look({ ...spec, url: `http://münchen.test:${loop}/` }, testContext());
  await expect(looping).rejects.toMatchObject({ code: 'redirect-loop' });
  const facts = await look({ ...spec, url: `http://münchen.test:${loop}/look` }, testContext());
  expect(facts['final-url']).toBe(`http://xn--pple-43d.test:${port}/`);
});

test('SNI, certificate, servername and connect-to go by the canonical name', async () => {
  const authority = await stage.authority();
  const { key, chain } = await makeCertificate({ authority, names: ['xn--mnchen-3ya.test'] });
  const names: string[] = [];
  const SNICallback = (name: string, done: (error: null) => void): void => {
    names.push(name);
    done(null);
  };
  const tlsPort = await stage.tls({ key, cert: chain, SNICallback }, (socket) => socket.end(healthy));
  const tls = { ca: authority.cert };
  const byName = { url: `https://MÜNCHEN.test:${tlsPort}/`, resolver: dns.address, tls };
  const facts = await look(byName, testContext());
  const named = {
    url: 'https://127.0.0.1/',
    'connect-to': `127.0.0.1:${tlsPort}`,
    tls: { ...tls, servername: 'münchen.test' },
  };
  expect(await look(named, testContext())).toMatchObject({ tls: { verified: true } });
  expect(facts).toMatchObject({ tls: { verified: true, sans: ['xn--mnchen-3ya.test'] } });
  const there = {
    url: 'https://xn--mnchen-3ya.test/',
    'connect-to': `München.test:${tlsPort}`,
    resolver: dns.address,
    tls,
  };
  expect(await look(there, testContext())).toMatchObject({ tls: { verified: true } });
  expect(names).toEqual(Array.from({ length: 3 }, () => 'xn--mnchen-3ya.test'));
  const walked = await lookAtDomain(
    { name: 'MÜNCHEN.test', 'connect-to': '127.0.0.1', 'https-port': tlsPort, variants: ['https-apex'], tls },
    testContext(),
  );
  expect(walked).toMatchObject({ tls: { verified: true, host: 'xn--mnchen-3ya.test' } });
});
