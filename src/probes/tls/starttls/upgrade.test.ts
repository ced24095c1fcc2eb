import { afterEach, beforeAll, expect, test } from 'vitest';
import {
  type Authority,
  type Certificate,
  makeAuthority,
  makeCertificate,
} from '../../../../tests/stack/certificates.ts';
import { CouldNotLook } from '../../probe.ts';
import { look } from '../look.ts';
import type { Spec } from '../schema.ts';
import { contextFor, goSecure, runDialogue, runRaw, type Running } from '../test-servers.ts';

let root: Authority;
let certificate: Certificate;
const open: Running[] = [];

beforeAll(async () => {
  root = await makeAuthority();
  certificate = await makeCertificate({ authority: root, names: ['a.test'] });
});

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

type Protocol = NonNullable<Spec['starttls']>;
type Answers = Parameters<typeof runDialogue>[1];

const lookAt = async (starttls: Protocol, started: Promise<Running>, timeoutMs = 5000) => {
  const server = await started;
  open.push(server);
  const spec: Spec = { host: 'a.test', 'connect-to': `127.0.0.1:${server.port}`, ca: root.cert, starttls };
  return look(spec, contextFor(timeoutMs));
};

const ask = (starttls: Protocol, greeting: string, answers: Answers = {}, timeoutMs = 5000) =>
  lookAt(starttls, runDialogue(greeting, answers, certificate), timeoutMs);

const failureOf = async (looking: Promise<unknown>): Promise<CouldNotLook> => {
  const error: unknown = await looking.catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error('the look should have failed', { cause: error });
};

const SMTP_OFFERS = '250-mx.a.test greets you\r\n250-SIZE 10\r\n250-STARTTLS\r\n250 HELP\r\n';
const IMAP_OFFERS = '* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\na1 OK done\r\n';

const GOOD: readonly (readonly [Protocol, string, Answers])[] = [
  [
    'smtp',
    '220-mx.a.test ESMTP\r\n220 ready\r\n',
    { 'EHLO [127.0.0.1]': [SMTP_OFFERS], STARTTLS: ['220 go ahead\r\n', 'tls'] },
  ],
  [
    'imap',
    '* OK [CAPABILITY IMAP4rev1] ready\r\n',
    { 'a1 CAPABILITY': [IMAP_OFFERS], 'a2 STARTTLS': ['a2 OK begin\r\n', 'tls'] },
  ],
  ['pop3', '+OK ready\r\n', { STLS: ['+OK begin\r\n', 'tls'] }],
  ['ftp', '220-welcome\r\nto this server\r\n220 ready\r\n', { 'AUTH TLS': ['234 begin\r\n', 'tls'] }],
];

test.each(GOOD)('%s is asked for TLS, and the certificate is looked at', async (protocol, greeting, answers) => {
  expect(await ask(protocol, greeting, answers)).toMatchObject({ verified: true, subject: 'CN=a.test' });
});

test('postgres is asked for TLS with the request of its protocol', async () => {
  const asked: string[] = [];
  const server = runRaw((socket) => {
    socket.once('data', (data: Buffer) => {
      asked.push(data.toString('hex'));
      socket.write('S', () => goSecure(socket, certificate));
    });
  });
  expect(await lookAt('postgres', server)).toMatchObject({ verified: true, subject: 'CN=a.test' });
  expect(asked).toEqual(['0000000804d2162f']);
});

test('lines that come byte by byte and end in a bare LF are understood', async () => {
  const server = runRaw((socket) => {
    const slowly = async (text: string): Promise<void> => {
      for (const byte of text) await new Promise<void>((resolve) => void socket.write(byte, () => resolve()));
    };
    void slowly('+OK ready\n');
    socket.once('data', () => void slowly('+OK\n').then(() => goSecure(socket, certificate)));
  });
  expect(await lookAt('pop3', server)).toMatchObject({ verified: true });
});

const BAD: readonly (readonly [Protocol, string, string, Answers])[] = [
  ['smtp', 'the SMTP server refuses us: "554 go away"', '554 go away\r\n', {}],
  ['smtp', 'the SMTP server refuses EHLO: "502 what?"', '220 hi\r\n', { EHLO: ['502 what?\r\n'] }],
  ['smtp', 'the SMTP server does not offer STARTTLS', '220 hi\r\n', { EHLO: ['250-STARTTLS\r\n250 SIZE\r\n'] }],
  [
    'smtp',
    'the SMTP server refuses STARTTLS: "454 TLS not available"',
    '220 hi\r\n',
    { EHLO: [SMTP_OFFERS], STARTTLS: ['454 TLS not available\r\n'] },
  ],
  [
    'smtp',
    String.raw`the server went on in plain text after it had agreed to TLS: "250 injected\u{d}\u{a}"`,
    '220 hi\r\n',
    { EHLO: [SMTP_OFFERS], STARTTLS: ['220 go\r\n250 injected\r\n'] },
  ],
  [
    'smtp',
    String.raw`the server does not speak SMTP on this port: it said "SSH-2.0-x\u{1b}[31m"`,
    'SSH-2.0-x\u001b[31m\r\n',
    {},
  ],
  [
    'smtp',
    'the server closed the connection before TLS: no reply to EHLO came',
    '220 hi\r\n',
    { EHLO: ['250-half', 'close'] },
  ],
  ['smtp', 'the SMTP server gave a reply of over 100 lines', '220-more\r\n'.repeat(200), {}],
  ['smtp', 'the server said more than 64 KiB before TLS', 'x'.repeat(70_000), {}],
  ['imap', 'the IMAP server lets nobody ask for TLS: "* PREAUTH hello"', '* PREAUTH hello\r\n', {}],
  [
    'imap',
    'the IMAP server does not offer STARTTLS',
    '* OK hi\r\n',
    { a1: ['* CAPABILITY IMAP4rev1 XSTARTTLS\r\na1 OK\r\n'] },
  ],
  [
    'imap',
    'the IMAP server refuses STARTTLS: "NO not now"',
    '* OK hi\r\n',
    { a1: [IMAP_OFFERS], a2: ['a2 NO not now\r\n'] },
  ],
  ['imap', 'the server does not speak IMAP on this port: it said "+OK"', '+OK\r\n', {}],
  ['pop3', 'the POP3 server refuses us: "-ERR busy"', '-ERR busy\r\n', {}],
  ['pop3', 'the POP3 server does not offer TLS (STLS): "-ERR no"', '+OK\r\n', { STLS: ['-ERR no\r\n'] }],
  ['pop3', 'the server does not speak POP3 on this port: it said "220 hi"', '220 hi\r\n', {}],
  ['ftp', 'the FTP server does not offer TLS (AUTH TLS): "502 no"', '220 hi\r\n', { AUTH: ['502 no\r\n'] }],
  ['postgres', 'the Postgres server does not offer TLS', 'N', {}],
  ['postgres', 'the Postgres server answered the request for TLS with an error', 'E\u0000\u0000', {}],
  ['postgres', 'the server does not speak Postgres on this port: its answer starts with 0x48', 'HTTP/1.1', {}],
  ['postgres', 'the server went on in plain text after it had agreed to TLS: "x"', 'Sx', {}],
];

test.each(BAD)('%s: %s', async (protocol, message, greeting, answers) => {
  const failure = await failureOf(ask(protocol, greeting, answers));
  expect(failure.message).toBe(message);
  expect(failure.code).toBe('tls-handshake');
});

test('a server that says nothing ends in a timeout that names what was waited for', async () => {
  const mute = await failureOf(
    lookAt(
      'smtp',
      runRaw(() => {}),
      200,
    ),
  );
  expect(mute.code).toBe('timeout');
  expect(mute.message).toBe('timed out after 0.2 s in tls: got no SMTP greeting');
  const half = await failureOf(ask('imap', '* OK hi\r\n', {}, 200));
  expect(half.message).toBe('timed out after 0.2 s in tls: got no reply to CAPABILITY');
  const stall = await failureOf(ask('pop3', '+OK\r\n', { STLS: ['+OK\r\n'] }, 200));
  expect(stall.message).toBe('timed out after 0.2 s in tls');
});
