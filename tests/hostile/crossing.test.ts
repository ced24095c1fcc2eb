import { afterEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { exchange } from '../../src/probes/engine/exchange.ts';
import { look } from '../../src/probes/http/look.ts';
import { testContext } from '../../src/probes/test-context.ts';
import { makeCertificate } from '../stack/certificates.ts';
import { getRequest, realContext, troubleOf } from '../stack/requests.ts';
import { lookAt, plannedFrom } from './look.ts';
import { newStage, type Stage } from './stage.ts';
import { healthy, whole } from './servers/wire.ts';

let stage: Stage = newStage();

afterEach(async () => {
  await stage.close();
  stage = newStage();
});

/** A server that keeps every request as it came, and answers 200. */
const canary = async (): Promise<{ readonly port: number; readonly received: string[] }> => {
  const received: string[] = [];
  const port = await stage.greeting((socket) => {
    socket.on('data', (bytes: Buffer) => {
      received.push(bytes.toString('latin1'));
      socket.end(healthy);
    });
  });
  return { port, received };
};

const leadingTo = (location: string, status: number): Promise<number> =>
  stage.tcp((socket) =>
    socket.end(
      whole('', [`Location: ${location}`, 'Set-Cookie: sid=hush; Path=/'], `HTTP/1.1 ${status} Elsewhere\r\n`),
    ),
  );

const POSTED = {
  method: 'POST',
  headers: { Authorization: 'Bearer hush', Cookie: 'session=hush', 'X-Api-Key': 'hush', 'X-Tenant': 'hush' },
  body: 'password=hush',
};
const SECRETS: JsonObject = { ...POSTED, follow: true };

describe('what never crosses an origin', () => {
  test.each([301, 302, 303, 307, 308])('headers, cookies and body stay behind a %i to another port', async (status) => {
    const { port, received } = await canary();
    const first = await leadingTo(`http://me:hush@127.0.0.1:${port}/next?state=1`, status);
    const seen = await lookAt(await plannedFrom({ http: { url: `http://me:hush@127.0.0.1:${first}/`, ...SECRETS } }));
    expect(seen.outcome).toBe('pass');
    expect(received).toHaveLength(1);
    expect(received[0]).toMatch(/^(GET|POST) \/next\?state=1 HTTP\/1\.1\r\n/);
    expect(received[0]).not.toMatch(/hush|bWU6aHVzaA/);
    expect(seen.facts['withheld']).toEqual(
      expect.arrayContaining(['authorization', 'cookies', 'x-api-key', 'userinfo']),
    );
    expect(JSON.stringify(seen)).not.toMatch(/hush|bWU6aHVzaA/);
  });

  test('nor behind one to another name of the same server', async () => {
    const { port, received } = await canary();
    const first = await leadingTo(`http://localhost:${port}/`, 307);
    await lookAt(await plannedFrom({ http: { url: `http://127.0.0.1:${first}/`, ...SECRETS } }));
    expect(received.join('')).not.toMatch(/hush/);
  });

  test('on the same origin they go along', async () => {
    const { port, received } = await canary();
    await lookAt(await plannedFrom({ http: { url: `http://127.0.0.1:${port}/`, ...SECRETS } }));
    expect(received.join('').match(/hush/g)).toHaveLength(5);
  });

  test('a token in the query of a redirect is masked wherever it is shown', async () => {
    const { port } = await canary();
    const first = await leadingTo(`http://127.0.0.1:${port}/?token=hush&page=1#access_token=hush`, 302);
    const seen = await lookAt(await plannedFrom({ http: { url: `http://127.0.0.1:${first}/`, follow: true } }));
    expect(JSON.stringify(seen)).not.toMatch(/hush/);
    expect(seen.facts['final-url']).toBe(`http://127.0.0.1:${port}/?token=***&page=1`);
  });

  test('credentials of a proxy are for the proxy: the origin behind a tunnel sees none', async () => {
    const origin = await canary();
    const asked: string[] = [];
    const proxy = await stage.tcp((socket, head) => {
      asked.push(head);
      socket.end(healthy);
    });
    const environment = { http_proxy: `http://me:hush@127.0.0.1:${proxy}`, no_proxy: 'localhost' };
    const through = await lookAt(await plannedFrom({ http: 'http://origin.invalid/' }), environment);
    const direct = await lookAt(await plannedFrom({ http: `http://localhost:${origin.port}/` }), environment);
    expect(asked.join('')).toContain('Proxy-Authorization: Basic bWU6aHVzaA==');
    expect(origin.received.join('')).not.toMatch(/proxy-authorization/i);
    expect([through.facts['proxy'], direct.facts['proxy']]).toEqual([`http://127.0.0.1:${proxy}`, undefined]);
    expect(JSON.stringify([through, direct])).not.toMatch(/hush|bWU6aHVzaA/);
  });
});

describe('an origin that the check trusts', () => {
  /** Two servers over TLS whose certificates hold: the first leads to the second, which keeps what it gets. */
  const overTls = async (location: (port: number) => string) => {
    const authority = await stage.authority();
    const { key, chain } = await makeCertificate({ authority, names: ['127.0.0.1', 'localhost'] });
    const received: string[] = [];
    const tls = { key, cert: chain };
    const canaryPort = await stage.tls(tls, (socket, head) => {
      received.push(head);
      socket.end(healthy);
    });
    const first = await stage.tls(tls, (socket) =>
      socket.end(whole('', [`Location: ${location(canaryPort)}`], 'HTTP/1.1 307 Elsewhere\r\n')),
    );
    const follow = async (trust: readonly string[]) => {
      const spec = { ...POSTED, tls: { ca: authority.cert }, follow: { trust: [...trust] } };
      return look({ url: `https://127.0.0.1:${first}/`, ...spec }, testContext());
    };
    return { canaryPort, received, follow };
  };

  test('gets what was configured, and says that nothing was withheld', async () => {
    const { canaryPort, received, follow } = await overTls((port) => `https://127.0.0.1:${port}/next`);
    const facts = await follow([`https://127.0.0.1:${canaryPort}`]);
    expect(facts['status']).toBe(200);
    expect(received.join('')).toMatch(/^POST \/next /);
    expect(received.join('').match(/hush/g)).toHaveLength(5);
    expect(facts['withheld']).toBeUndefined();
  });

  test.each([
    ['another port', (port: number) => [`https://127.0.0.1:${port + 1}`]],
    ['another name of it', (port: number) => [`https://localhost:${port}`]],
    ['none', () => []],
  ])('is that one exactly: with %s listed it gets nothing', async (_, trusted) => {
    const { canaryPort, received, follow } = await overTls((port) => `https://127.0.0.1:${port}/next`);
    const facts = await follow(trusted(canaryPort));
    expect(received.join('')).toMatch(/^POST \/next /);
    expect(received.join('')).not.toMatch(/hush/);
    expect(facts['withheld']).toEqual(expect.arrayContaining(['authorization', 'cookies', 'x-api-key', 'body']));
  });
});

describe('a redirect to a name that leads further inside', () => {
  test('is not even connected to', async () => {
    const inside = await canary();
    const resolver = await stage.dns({
      'inside.test': { a: ['127.0.0.1'] },
      'mixed.test': { a: ['8.8.8.8', '127.0.0.1'] },
    });
    for (const name of ['inside.test', 'mixed.test']) {
      const url = new URL(`http://${name}:${inside.port}/`);
      const request = getRequest(url.href, { resolver, redirectedFrom: 'public' });
      const trouble = await troubleOf(exchange(request, realContext(2000)));
      expect([trouble.code, trouble.message]).toEqual([
        'redirect-private',
        `a redirect leads from a public address to a loopback one: ${url.href}`,
      ]);
    }
    expect(inside.received).toEqual([]);
  });
});

test('no look reads what was left over from another: each has a connection of its own', async () => {
  let connections = 0;
  const port = await stage.greeting((socket) => {
    connections += 1;
    socket.once('data', () => {
      socket.write(healthy);
      socket.write(whole('{"status":"down"}', ['Content-Type: application/json'], 'HTTP/1.1 503 Late\r\n'));
    });
  });
  const check = await plannedFrom({ http: `http://127.0.0.1:${port}/`, expect: { '$.status': 'pass' } });
  const outcomes = [await lookAt(check), await lookAt(check), await lookAt(check)].map(({ outcome }) => outcome);
  expect(outcomes).toEqual(['warn', 'warn', 'warn']);
  expect(connections).toBe(3);
});
