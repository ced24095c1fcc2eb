import { afterEach, describe, expect, it } from 'vitest';
import { makeAuthority, makeCertificate } from '../../../tests/stack/certificates.ts';
import { startDnsServer } from '../../../tests/stack/dns-server.ts';
import { type Behaviour, type RawServer, sends, startRawServer } from '../../../tests/stack/raw-server.ts';
import { getRequest, realContext, troubleOf } from '../../../tests/stack/requests.ts';
import { exchange } from './exchange.ts';
import { DEFAULT_TLS, type HttpRequest } from './request.ts';

const OK = sends('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
let closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closers.map((close) => close()));
  closers = [];
});

const start = async (behave: Behaviour, tls: Parameters<typeof startRawServer>[1] = null): Promise<RawServer> => {
  const server = await startRawServer(behave, tls);
  closers.push(server.close);
  return server;
};

const names = async (records: Parameters<typeof startDnsServer>[0]['records']): Promise<string> => {
  const { address, close } = await startDnsServer({ records });
  closers.push(close);
  return address;
};

describe('the way to an address', () => {
  it('tries the next address when one refuses, and tells of both', async () => {
    const { port } = await start(OK);
    const resolver = await names(new Map([['a.test', { a: ['127.0.0.9', '127.0.0.1'] }]]));
    const { connection, timings } = await exchange(getRequest(`http://a.test:${port}/`, { resolver }), realContext());
    expect(connection).toMatchObject({
      resolved: ['127.0.0.9', '127.0.0.1'],
      tried: [
        { address: '127.0.0.9', family: 4, error: 'refused the connection' },
        { address: '127.0.0.1', family: 4, error: null },
      ],
      address: '127.0.0.1',
    });
    expect(timings.dns).toBeGreaterThan(0);
  });

  it('reports every address when none answers', async () => {
    const { port, close } = await startRawServer(OK);
    await close();
    const resolver = await names(
      new Map([
        ['a.test', { cname: 'b.test' }],
        ['b.test', { a: ['127.0.0.9', '127.0.0.1'] }],
      ]),
    );
    const trouble = await troubleOf(exchange(getRequest(`http://a.test:${port}/`, { resolver }), realContext()));
    expect(trouble.code).toBe('connect-refused');
    expect(trouble.facts).toMatchObject({
      dns: { addresses: ['127.0.0.9', '127.0.0.1'], cname: ['b.test'] },
      addresses: [{ address: '127.0.0.9', family: 4, error: 'refused the connection' }, { address: '127.0.0.1' }],
    });
    expect(Object.keys(trouble.facts['timings'] ?? {}).sort()).toEqual(['connect', 'dns', 'other', 'total']);
  });

  it('goes where `connect-to` says, and still asks for the host of the URL', async () => {
    const server = await start(OK);
    const connectTo = { host: '127.0.0.1', port: server.port };
    await exchange(getRequest('http://nowhere.invalid/', { connectTo }), realContext());
    expect(server.received()[0]).toContain('\r\nHost: nowhere.invalid\r\n');
  });

  it('names the phase of a deadline in a look-up', async () => {
    const resolver = await names(new Map([['a.test', { answers: 'silent' }]]));
    const before = performance.now();
    const trouble = await troubleOf(exchange(getRequest('http://a.test/', { resolver }), realContext(150)));
    expect(performance.now() - before).toBeLessThan(400);
    expect(trouble.code).toBe('dns-timeout');
    expect(trouble.message).toMatch(/^timed out after 0\.1 s in dns/);
    expect(Object.keys(trouble.facts['timings'] ?? {})).not.toContain('connect');
  });
});

describe('a proxy', () => {
  const through = (proxy: RawServer, url: string, changes: Partial<HttpRequest> = {}) =>
    exchange(
      getRequest(url, { proxy: 'environment', ...changes }),
      realContext(5000, {
        proxyEnvironment: {
          HTTP_PROXY: `http://me:hush@127.0.0.1:${proxy.port}`,
          https_proxy: `127.0.0.1:${proxy.port}`,
        },
      }),
    );

  it('is asked for plain URLs as a whole, and alone sees its credentials', async () => {
    const proxy = await start(OK);
    const { connection } = await through(proxy, 'http://origin.invalid:81/path?q');
    expect(connection.viaProxy).toBe(`http://127.0.0.1:${proxy.port}`);
    const [seen] = proxy.received();
    expect(seen).toMatch(/^GET http:\/\/origin\.invalid:81\/path\?q HTTP\/1\.1\r\nHost: origin\.invalid:81\r\n/);
    expect(seen).toContain(`\r\nProxy-Authorization: Basic ${btoa('me:hush')}\r\n`);
  });

  it('is asked for a tunnel for URLs over TLS, in which it reads nothing', async () => {
    const authority = await makeAuthority();
    const { chain, key } = await makeCertificate({ authority, names: ['origin.invalid'] });
    const origin = await start(OK, { cert: chain, key });
    const { connect } = await import('node:net');
    const proxy = await start((socket) => {
      socket.once('data', () => {
        const onwards = connect(origin.port, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
          socket.pipe(onwards).pipe(socket);
        });
        onwards.on('error', () => {});
      });
    });
    const answer = await through(proxy, 'https://origin.invalid/', { tls: { ...DEFAULT_TLS, ca: authority.cert } });
    expect([answer.status, answer.connection.tls?.verified]).toEqual([200, true]);
    expect(proxy.received()[0]).toMatch(/^CONNECT origin\.invalid:443 HTTP\/1\.1\r\n/);
    expect(proxy.received()[0]).not.toContain('GET ');
    expect(origin.received()[0]).not.toMatch(/proxy/i);
  });

  it.each([
    [
      'asks for credentials',
      'http://o.test/',
      sends('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
      'asks for credentials (407)',
    ],
    [
      'asks for credentials for a tunnel',
      'https://o.test/',
      sends('HTTP/1.1 407 No\r\n\r\n'),
      'asks for credentials (407)',
    ],
    [
      'refuses the tunnel',
      'https://o.test/',
      sends('HTTP/1.1 403 Forbidden\r\n\r\n<html>'),
      'refused the tunnel to o.test:443: 403 Forbidden',
    ],
    [
      'does not speak HTTP',
      'https://o.test/',
      sends('SSH-2.0-x\r\n'),
      'did not answer in HTTP: invalid response: not HTTP: first bytes `SSH-2.0-x\\r\\n`',
    ],
    ['closes', 'https://o.test/', sends(''), 'closed the connection: got no byte of a response'],
    [
      'speaks for the origin',
      'https://o.test/',
      sends('HTTP/1.1 200 OK\r\n\r\nhello'),
      'spoke before the origin could',
    ],
  ])('that %s is an error of the proxy, not of the target', async (_, url, behave, message) => {
    const proxy = await start(behave);
    const trouble = await troubleOf(through(proxy, url));
    expect([trouble.code, trouble.message]).toEqual([
      'proxy-error',
      `the proxy http://127.0.0.1:${proxy.port} ${message}`,
    ]);
    expect(JSON.stringify(trouble)).not.toContain('hush');
  });

  it('that is not there is named without its credentials', async () => {
    const { port, close, received } = await startRawServer(OK);
    await close();
    const trouble = await troubleOf(through({ port, close, received }, 'http://o.test/'));
    expect([trouble.code, trouble.message]).toEqual([
      'proxy-error',
      `the proxy http://127.0.0.1:${port} cannot be reached: port ${port}: 127.0.0.1 refused the connection`,
    ]);
  });
});
