import { afterEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
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

const SECRETS: JsonObject = {
  method: 'POST',
  headers: { Authorization: 'Bearer hush', Cookie: 'session=hush', 'X-Api-Key': 'hush', 'X-Tenant': 'hush' },
  body: 'password=hush',
  follow: true,
};

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
