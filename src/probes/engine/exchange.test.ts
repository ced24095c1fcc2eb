import { afterEach, describe, expect, it } from 'vitest';
import { type Behaviour, drips, type RawServer, sends, startRawServer } from '../../../tests/stack/raw-server.ts';
import { getRequest, realContext, troubleOf } from '../../../tests/stack/requests.ts';
import { exchange, openExchange } from './exchange.ts';
import type { HttpRequest } from './request.ts';

let servers: RawServer[] = [];

const start = async (behave: Behaviour): Promise<RawServer> => {
  const server = await startRawServer(behave);
  servers.push(server);
  return server;
};

afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

const ask = async (behave: Behaviour, changes: Partial<HttpRequest> = {}, timeoutMs = 5000) => {
  const { port } = await start(behave);
  return exchange(getRequest(`http://127.0.0.1:${port}/`, changes), realContext(timeoutMs));
};

const OK = 'HTTP/1.1 200 OK\r\n';

describe('exchange', () => {
  it('gives the whole answer with what it knows of the connection', async () => {
    const server = await start(sends(`${OK}Content-Length: 5\r\nX-Two: a\r\nX-Two:  b \r\n\r\nhello`));
    const answer = await exchange(
      getRequest(`http://127.0.0.1:${server.port}/path?q=1`, { headers: [['X-Mine', 'yes']] }),
      realContext(),
    );
    expect(answer).toMatchObject({ status: 200, statusText: 'OK', httpVersion: '1.1', wireBytes: 5, extraBytes: 0 });
    expect(answer.headers).toEqual([
      ['content-length', '5'],
      ['x-two', 'a'],
      ['x-two', 'b'],
    ]);
    expect(Buffer.from(answer.body).toString()).toBe('hello');
    expect(answer.connection).toEqual({
      resolved: [],
      cnames: [],
      tried: [{ address: '127.0.0.1', family: 4, error: null }],
      address: '127.0.0.1',
      port: server.port,
      viaProxy: null,
      tls: null,
    });
    expect(server.received()).toEqual([
      `GET /path?q=1 HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-Mine: yes\r\nUser-Agent: gonogo/0.0.0\r\n` +
        'Accept-Encoding: gzip, deflate, br, zstd\r\nConnection: close\r\n\r\n',
    ]);
  });

  it('reports phases that add up to the total, and none that was not reached', async () => {
    const { timings } = await ask(drips([OK, 'Content-Length: 4\r\n\r\nab', 'cd'], 40));
    const { total, ...phases } = timings;
    expect(Object.keys(phases).sort()).toEqual(['connect', 'other', 'request', 'transfer', 'wait']);
    expect(Object.values(phases).reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(total, 2);
    expect(timings.transfer).toBeGreaterThan(70);
    expect(timings.transfer).toBeLessThan(160);
  });

  it('sends a body with its length', async () => {
    const server = await start(sends(`${OK}Content-Length: 0\r\n\r\n`));
    const request = { method: 'POST', body: Buffer.from('{"a":1}') };
    await exchange(getRequest(`http://127.0.0.1:${server.port}/`, request), realContext());
    expect(server.received()[0]).toContain('Content-Length: 7\r\nConnection: close\r\n\r\n{"a":1}');
  });

  it('drops interim responses and chunk framing', async () => {
    const answer = await ask(
      sends(
        `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${OK}Transfer-Encoding: chunked\r\n\r\n3;x=1\r\nabc\r\n2\r\nde\r\n0\r\nT: 1\r\n\r\n`,
      ),
    );
    expect([answer.status, Buffer.from(answer.body).toString(), answer.wireBytes]).toEqual([200, 'abcde', 5]);
  });

  it.each([
    ['bytes after the announced length', `${OK}Content-Length: 2\r\n\r\nabXYZ`, 3],
    ['a second response that was not asked for', `${OK}Content-Length: 2\r\n\r\nab${OK}\r\n`, 19],
    ['bytes after the last chunk', `${OK}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nXYZ`, 3],
  ])('counts %s', async (_, bytes, extra) => {
    expect((await ask(sends(bytes))).extraBytes).toBe(extra);
  });

  it('counts extra bytes that come a moment after the response', async () => {
    expect((await ask(drips([`${OK}Content-Length: 2\r\n\r\nab`, 'XYZ'], 10))).extraBytes).toBe(3);
  });

  it('takes a response as whole although the connection is reset after it', async () => {
    expect((await ask(sends(`${OK}Content-Length: 2\r\n\r\nab`, 'reset'))).wireBytes).toBe(2);
  });

  it('does not wait for a server that keeps the connection', async () => {
    const { timings } = await ask(sends(`${OK}Content-Length: 2\r\n\r\nab`, 'hold'));
    expect(timings.total).toBeLessThan(200);
  });
});

describe('the deadline of an exchange', () => {
  it.each([
    ['a server that never answers', sends('', 'hold'), 'timed out after 0.2 s in wait: got no byte of a response'],
    [
      'a head that comes byte by byte',
      drips([...`${OK}A: b\r\n\r\n`], 30),
      /^timed out after 0\.2 s in transfer: got \d+ header bytes$/,
    ],
    [
      'a body that comes byte by byte',
      drips([`${OK}Content-Length: 99\r\n\r\n`, ...'x'.repeat(99)], 30),
      /^timed out after 0\.2 s in transfer: got \d+ of 99 body bytes$/,
    ],
  ])('names phase and bytes for %s', async (_, behave, message) => {
    const before = performance.now();
    const trouble = await troubleOf(ask(behave, {}, 200));
    expect(performance.now() - before).toBeLessThan(450);
    expect(trouble.code).toBe('timeout');
    expect(trouble.message).toMatch(message);
  });

  it('rethrows the reason of an abort that is no deadline', async () => {
    const { port } = await start(sends('', 'hold'));
    const stop = new AbortController();
    const asked = exchange(getRequest(`http://127.0.0.1:${port}/`), realContext(5000, { signal: stop.signal }));
    const reason = new Error('the run was stopped');
    setTimeout(() => stop.abort(reason), 30);
    await expect(asked).rejects.toBe(reason);
  });

  it('does not even connect when the time is over', async () => {
    const server = await start(sends(`${OK}\r\n`));
    const signal = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
    const trouble = await troubleOf(
      exchange(getRequest(`http://127.0.0.1:${server.port}/`), realContext(5000, { signal })),
    );
    expect([trouble.code, trouble.message]).toEqual(['timeout', 'timed out after 5.0 s']);
    expect(server.received()).toEqual([]);
  });
});

describe('openExchange', () => {
  it('gives the head before the body has come, and the body piece by piece', async () => {
    const { port } = await start(drips([`${OK}\r\n`, 'one', 'two'], 40));
    const opened = await openExchange(getRequest(`http://127.0.0.1:${port}/`), realContext());
    expect([opened.head.status, opened.wireBytes()]).toEqual([200, 0]);
    const pieces: string[] = [];
    for await (const piece of opened.body) {
      pieces.push(Buffer.from(piece).toString());
      if (pieces.length === 2) break;
    }
    opened.close();
    opened.close();
    expect([pieces, opened.wireBytes()]).toEqual([['one', 'two'], 6]);
  });

  it('reports a deadline that falls in the body to whoever reads it', async () => {
    const { port } = await start(sends(`${OK}Content-Length: 9\r\n\r\nabc`, 'hold'));
    const opened = await openExchange(getRequest(`http://127.0.0.1:${port}/`), realContext(150));
    const read = async (): Promise<void> => {
      for await (const piece of opened.body) expect(piece.length).toBe(3);
    };
    const trouble = await troubleOf(read());
    expect(trouble.message).toMatch(/in transfer: got 3 of 9 body bytes$/);
    expect(trouble.facts).toMatchObject({ status: 200 });
  });
});
