import { asked, fails, passes, type Behaviour } from '../behaviour.ts';
import { acts, healthy, sends, whole } from './wire.ts';

const status = (code: string): Uint8Array => whole('ok', [], `HTTP/1.1 ${code}\r\n`);
const outside = (code: string) =>
  fails('invalid-response', new RegExp(`invalid status: ${code} is outside 100 to 599$`));
const notThree = (code: string) =>
  fails('invalid-response', new RegExp(`invalid status: \`${code}\` is not three digits$`));
const notHttp = (what: string, bytes: string) =>
  fails('invalid-response', new RegExp(`${what}: first bytes \`${bytes}`));

/** What is no HTTP/1.1 at all (H11), statuses that are none (H12), and statuses that were not asked for (H13). */
export const start: readonly Behaviour[] = [
  sends(['http-0.9', 'H11', 'never'], notHttp('not HTTP', '<html>It works!'), '<html>It works!</html>\r\n'),
  sends(
    ['http-1.2', 'H11', 'may'],
    fails('invalid-response', /the version HTTP\/1\.2 is not 1\.0 or 1\.1$/),
    whole('ok', [], 'HTTP/1.2 200 OK\r\n'),
  ),
  sends(
    ['ssh-banner', 'H11', 'never'],
    notHttp('not HTTP', String.raw`SSH-2\.0-OpenSSH_9\.6\\r\\n`),
    'SSH-2.0-OpenSSH_9.6\r\n',
  ),
  sends(
    ['http-2-preface', 'H11', 'never'],
    notHttp('this is HTTP/2, which was not asked for', String.raw`\\x00\\x00\\x00\\x04`),
    Uint8Array.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
  ),
  sends(
    ['tls-on-plain-port', 'H11', 'never'],
    notHttp('this is TLS, not HTTP', String.raw`\\x15\\x03\\x01`),
    Uint8Array.from([0x15, 3, 1, 0, 2, 2, 70]),
  ),
  sends(
    ['escapes-in-banner', 'H11', 'never'],
    notHttp('not HTTP', String.raw`\\x1b\[2J`),
    '\u001b[2J\u001b]0;healthy\u0007\r\n',
  ),

  sends(['status-000', 'H12', 'never'], outside('000'), status('000 Zero')),
  sends(['status-99', 'H12', 'never'], notThree('99'), status('99 Low')),
  sends(['status-600', 'H12', 'never'], outside('600'), status('600 High')),
  sends(['status-999', 'H12', 'never'], outside('999'), status('999 Higher')),
  sends(['status-1000', 'H12', 'never'], notThree('1000'), status('1000 Long')),
  sends(['status-2000', 'H12', 'never'], notThree('2000'), status('2000 OK')),
  sends(['status-100-digits', 'H12', 'never'], notThree(`2{40}\u2026`), status('2'.repeat(100))),
  sends(['reason-missing', 'H12', 'may'], passes, status('200')),
  sends(
    ['reason-1-mib', 'H12', 'may'],
    fails('header-limit', /^the header section is over 64 KiB$/),
    status(`200 ${'x'.repeat(1024 * 1024)}`),
  ),

  sends(
    ['204-with-body', 'H13', 'may'],
    fails('invalid-response', /a 204 response announces a body \(Content-Length 2\)$/),
    whole('ok', [], 'HTTP/1.1 204 No Content\r\n'),
  ),
  sends(
    ['204-with-bytes', 'H13', 'may'],
    fails('invalid-response', /a 204 response has a body: got 5 bytes$/),
    'HTTP/1.1 204 No Content\r\n\r\nhello',
  ),
  acts(
    ['head-with-body', 'H13', 'may'],
    fails('invalid-response', /the answer to HEAD has a body: got 17 bytes$/),
    (socket) => socket.end(healthy),
    { spec: { method: 'HEAD' } },
  ),
  sends(
    ['304-unasked', 'H13', 'never'],
    fails('invalid-response', /304 Not Modified, and the request was not conditional$/),
    'HTTP/1.1 304 Not Modified\r\n\r\n',
  ),
  sends(
    ['206-unasked', 'H13', 'never'],
    fails('invalid-response', /206 Partial Content, and no range was asked for$/),
    whole('{"sta', ['Content-Range: bytes 0-4/17'], 'HTTP/1.1 206 Partial Content\r\n'),
  ),
  sends(
    ['empty-where-json', 'H13', 'never'],
    fails('not-json', /^the body is not JSON: it is empty$/),
    whole('', ['Content-Type: application/json']),
    asked,
  ),
];
