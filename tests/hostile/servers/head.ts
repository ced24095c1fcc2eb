import { fails, passes, type Behaviour } from '../behaviour.ts';
import { acts, flood, healthy, OK, sends, whole, wire } from './wire.ts';

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\r\n`).join('');

const withLine = (line: string): string => `${OK}${line}\r\nContent-Length: 2\r\n\r\nok`;

const tooLong = fails('header-limit', /^the header section is over 64 KiB$/);
const tooMany = fails('header-limit', /^the header section has more than 256 fields$/);

/** Header sections: floods (H8), interim responses (H9) and lines that are none (H10). */
export const head: readonly Behaviour[] = [
  sends(['header-20-kib', 'H8', 'may'], passes, whole('ok', [`X-Long: ${'x'.repeat(20 * 1024)}`])),
  sends(['header-line-1-mib', 'H8', 'may'], tooLong, whole('ok', [`X-Long: ${'x'.repeat(1024 * 1024)}`])),
  acts(['header-without-end', 'H8', 'never'], tooLong, (socket) => {
    socket.write(OK);
    flood(socket, wire(`X-Flood: ${'x'.repeat(8000)}\r\n`));
  }),
  sends(['header-2000-fields', 'H8', 'may'], tooMany, withLine(lines(2000, (at) => `X-${at}: y`).trimEnd())),
  sends(['header-800-cookies', 'H8', 'may'], tooMany, withLine(lines(800, (at) => `Set-Cookie: c${at}=v`).trimEnd())),

  acts(['interim-flood', 'H9', 'never'], fails('interim-flood', /^too many interim responses \(over 8\)$/), (socket) =>
    flood(socket, wire('HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n')),
  ),
  sends(
    ['interim-then-close', 'H9', 'never'],
    fails('closed-early', /^closed early: got 1 interim and no final response$/),
    'HTTP/1.1 100 Continue\r\n\r\n',
  ),
  sends(
    ['interim-then-answer', 'H9', 'may'],
    passes,
    Buffer.concat([wire('HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n'), healthy]),
  ),
  sends(
    ['switch-unasked', 'H9', 'never'],
    fails('invalid-response', /101 Switching Protocols, and no switch was asked for$/),
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  ),

  sends(
    ['nul-in-header', 'H10', 'may'],
    fails('invalid-response', /a NUL in the value of header `X-A`$/),
    withLine('X-A: a\0b'),
  ),
  sends(
    ['bare-cr-in-header', 'H10', 'may'],
    fails('invalid-response', /a bare CR in the header section$/),
    withLine('X-A: a\rX-B: b'),
  ),
  sends(
    ['bare-lf-lines', 'H10', 'may'],
    fails('invalid-response', /a line ends in a bare LF in the header section$/),
    'HTTP/1.1 200 OK\nContent-Length: 2\n\nok',
  ),
  sends(
    ['folded-line', 'H10', 'may'],
    fails('invalid-response', /a folded header line \(obs-fold\)$/),
    withLine('X-A: a\r\n b'),
  ),
  sends(
    ['line-without-colon', 'H10', 'never'],
    fails('invalid-response', /a header line without a colon: `no colon here`$/),
    withLine('no colon here'),
  ),
  sends(
    ['space-before-colon', 'H10', 'may'],
    fails('invalid-response', /white space before the colon of header `X-A`$/),
    withLine('X-A : b'),
  ),
  sends(
    ['name-not-a-token', 'H10', 'may'],
    fails('invalid-response', /the header name `X\\?\(A\)` is not a token$/),
    withLine('X(A): b'),
  ),
  sends(['name-proto', 'H10', 'may'], passes, withLine('__proto__: polluted')),
  sends(['value-8-bit', 'H10', 'may'], passes, withLine('X-A: caf\u00e9')),
];
