import { afterEach, describe, expect, it } from 'vitest';
import { type Behaviour, floods, type RawServer, sends, startRawServer } from '../../../tests/stack/raw-server.ts';
import { getRequest, realContext, troubleOf } from '../../../tests/stack/requests.ts';
import { exchange } from './exchange.ts';
import { DEFAULT_LIMITS, type HttpRequest } from './request.ts';

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

describe('exchange with a server that cannot be trusted', () => {
  it.each([
    [
      'two different lengths',
      `${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc`,
      'two different Content-Lengths: `2` and `3`',
    ],
    ['a length that is no number', `${OK}Content-Length: 2abc\r\n\r\nab`, 'Content-Length `2abc` is not a number'],
    ['a negative length', `${OK}Content-Length: -1\r\n\r\n`, 'Content-Length `-1` is not a number'],
    [
      'both framings',
      `${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      'both Content-Length and Transfer-Encoding',
    ],
    [
      'chunked not last',
      `${OK}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`,
      'chunked is not the last Transfer-Encoding: `chunked, gzip`',
    ],
    [
      'another transfer coding',
      `${OK}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
      'Transfer-Encoding `gzip, chunked` was not asked for',
    ],
    ['a bad chunk size', `${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 'bad chunk size: `zz`'],
    [
      'a huge chunk size',
      `${OK}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n`,
      'the chunk size overflows: `fffffffffffffffff`',
    ],
    [
      'a chunk longer than its size',
      `${OK}Transfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n`,
      'a chunk is longer than its size',
    ],
    ['a NUL in a header', `${OK}A: b\0c\r\n\r\n`, 'a NUL in the value of header `A`'],
    ['a bare CR', `${OK}A: b\rc\r\n\r\n`, 'a bare CR in the header section'],
    ['a bare LF', `${OK}A: b\nC: d\r\n\r\n`, 'a line ends in a bare LF in the header section'],
    ['a folded header', `${OK}A: b\r\n c\r\n\r\n`, 'a folded header line (obs-fold)'],
    ['a header without a colon', `${OK}nonsense\r\n\r\n`, 'a header line without a colon: `nonsense`'],
    ['a header name that is no token', `${OK}A(b): c\r\n\r\n`, 'the header name `A(b)` is not a token'],
    ['white space before the colon', `${OK}A : c\r\n\r\n`, 'white space before the colon of header `A`'],
    ['HTTP/0.9', '<html>hello</html>', 'not HTTP: first bytes `<html>hello</html>`'],
    ['an SSH banner', 'SSH-2.0-OpenSSH_9.2\r\n', 'not HTTP: first bytes `SSH-2.0-OpenSSH_9.2\\r\\n`'],
    [
      'a TLS alert',
      '\x15\x03\x01\0\x02\x02\x46',
      'this is TLS, not HTTP: first bytes `\\x15\\x03\\x01\\x00\\x02\\x02F`',
    ],
    [
      'HTTP/2 frames',
      '\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x80',
      'this is HTTP/2, which was not asked for: first bytes `\\x00\\x00\\x06\\x04\\x00\\x00\\x00\\x00\\x00\\x00\\x03\\x00\\x00\\x00\\x80`',
    ],
    ['HTTP/1.2', 'HTTP/1.2 200 OK\r\n\r\n', 'the version HTTP/1.2 is not 1.0 or 1.1'],
    ['status 0', 'HTTP/1.1 0 OK\r\n\r\n', 'invalid status: `0` is not three digits'],
    ['status 099', 'HTTP/1.1 099 OK\r\n\r\n', 'invalid status: 099 is outside 100 to 599'],
    ['status 600', 'HTTP/1.1 600 OK\r\n\r\n', 'invalid status: 600 is outside 100 to 599'],
    ['status 1000', 'HTTP/1.1 1000 OK\r\n\r\n', 'invalid status: `1000` is not three digits'],
    [
      'an unasked 101',
      'HTTP/1.1 101 Switching Protocols\r\n\r\n',
      '101 Switching Protocols, and no switch was asked for',
    ],
    [
      'an unasked 206',
      'HTTP/1.1 206 Partial Content\r\nContent-Length: 0\r\n\r\n',
      '206 Partial Content, and no range was asked for',
    ],
    ['an unasked 304', 'HTTP/1.1 304 Not Modified\r\n\r\n', '304 Not Modified, and the request was not conditional'],
    ['a 204 with a body', 'HTTP/1.1 204 No Content\r\n\r\nhello', 'a 204 response has a body: got 5 bytes'],
    [
      'a 204 that announces one',
      'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello',
      'a 204 response announces a body (Content-Length 5)',
    ],
  ])('names the rule that %s breaks', async (_, bytes, rule) => {
    const { code, message } = await troubleOf(ask(sends(bytes)));
    expect([code, message]).toEqual(['invalid-response', `invalid response: ${rule}`]);
  });

  it('refuses an answer to HEAD that has a body', async () => {
    const trouble = await troubleOf(ask(sends(`${OK}Content-Length: 2\r\n\r\nab`), { method: 'HEAD' }));
    expect(trouble.message).toBe('invalid response: the answer to HEAD has a body: got 2 bytes');
    expect(trouble.facts).toMatchObject({ status: 200, 'remote-address': '127.0.0.1' });
  });

  it.each([
    ['nothing at all', '', 'close', 'closed-early', 'closed early: got no byte of a response'],
    ['half a head', `${OK}A: b`, 'close', 'closed-early', 'closed early: got 21 header bytes'],
    [
      'interim responses alone',
      'HTTP/1.1 103 Hm\r\n\r\n',
      'close',
      'closed-early',
      'closed early: got 1 interim and no final response',
    ],
    [
      'a short body',
      `${OK}Content-Length: 4096\r\n\r\n${'x'.repeat(17)}`,
      'close',
      'closed-early',
      'closed early: got 17 of 4096 body bytes',
    ],
    [
      'no last chunk',
      `${OK}Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n`,
      'close',
      'closed-early',
      'closed early: got 2 body bytes, and the last chunk never came',
    ],
    [
      'a reset before the head',
      '',
      'reset',
      'connect-reset',
      'the connection was reset in wait: got no byte of a response',
    ],
    [
      'a reset in the body',
      `${OK}Content-Length: 4096\r\n\r\n${'x'.repeat(17)}`,
      'reset',
      'closed-early',
      'closed early: the connection was reset in transfer: got 17 of 4096 body bytes',
    ],
    [
      'a reset of a body without a length',
      `${OK}\r\nxx`,
      'reset',
      'closed-early',
      'closed early: the connection was reset in transfer: got 2 body bytes',
    ],
  ] as const)('tells how far it came with %s', async (_, bytes, end, code, message) => {
    const trouble = await troubleOf(ask(sends(bytes, end)));
    expect([trouble.code, trouble.message]).toEqual([code, message]);
    expect(trouble.facts).toMatchObject({ 'remote-address': '127.0.0.1', timings: { total: expect.any(Number) } });
  });

  it.each([
    ['a long header line', floods(`${OK}A: `, 'x'.repeat(1000)), 'header-limit', 'the header section is over 64 KiB'],
    ['a long reason', floods('HTTP/1.1 200 ', 'x'.repeat(1000)), 'header-limit', 'the header section is over 64 KiB'],
    ['many headers', floods(OK, 'Set-Cookie: a=b\r\n'), 'header-limit', 'the header section has more than 256 fields'],
    [
      'many interim responses',
      floods('', 'HTTP/1.1 100 Continue\r\n\r\n'),
      'interim-flood',
      'too many interim responses (over 8)',
    ],
    [
      'a length beyond all bounds',
      floods(`${OK}Content-Length: 9223372036854775807\r\n\r\n`, 'x'),
      'body-limit',
      'the body is over 10 MiB: Content-Length is 9223372036854775807',
    ],
    ['an endless body', floods(`${OK}\r\n`, 'x'.repeat(65_536)), 'body-limit', 'the body is over 10 MiB'],
    [
      'endless chunks',
      floods(`${OK}Transfer-Encoding: chunked\r\n\r\n`, `1000\r\n${'x'.repeat(4096)}\r\n`),
      'body-limit',
      'the body is over 10 MiB',
    ],
    [
      'chunk extensions',
      floods(`${OK}Transfer-Encoding: chunked\r\n\r\n`, `1;${'x'.repeat(1000)}\r\nx\r\n`),
      'header-limit',
      'the chunk extensions and trailers are over 64 KiB',
    ],
    [
      'one endless chunk extension',
      floods(`${OK}Transfer-Encoding: chunked\r\n\r\n1;`, 'x'.repeat(1000)),
      'header-limit',
      'the chunk extensions and trailers are over 64 KiB',
    ],
    [
      'many trailers',
      floods(`${OK}Transfer-Encoding: chunked\r\n\r\n0\r\n`, 'T: 1\r\n'),
      'header-limit',
      'the trailer section has more than 256 fields',
    ],
  ])('stops at the limit of %s', async (_, behave, code, message) => {
    const trouble = await troubleOf(ask(behave));
    expect([trouble.code, trouble.message]).toEqual([code, message]);
  });

  it('keeps the limits that it is given', async () => {
    const limits = { ...DEFAULT_LIMITS, headerFields: 1, decodedBodyBytes: 3 };
    const two = await troubleOf(ask(sends(`${OK}A: 1\r\nB: 2\r\n\r\n`), { limits }));
    expect(two.message).toBe('the header section has more than 1 fields');
    const four = await troubleOf(ask(sends(`${OK}\r\nabcd`), { limits }));
    expect([four.code, four.message]).toEqual(['body-limit', 'the decoded body is over 3 bytes']);
  });
});
