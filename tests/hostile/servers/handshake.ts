import type { Socket } from 'node:net';
import { makeCertificate } from '../../stack/certificates.ts';
import { cannotTell, fails, impatient, type Behaviour, type Expected, type Target } from '../behaviour.ts';
import type { Stage } from '../stage.ts';
import { healthy, whole } from './wire.ts';

/** A server that answers a ClientHello with these bytes, or does with the socket what it wants. */
const greeted = (
  name: string,
  expected: Expected,
  answer: Uint8Array | ((socket: Socket) => void),
  more: Partial<Target> = {},
): Behaviour => ({
  name,
  row: 'T2',
  healthy: 'never',
  expected,
  open: async (stage) => {
    const act = answer instanceof Uint8Array ? (socket: Socket) => socket.end(answer) : answer;
    const port = await stage.greeting((socket) => socket.once('data', () => act(socket)));
    return { url: `https://localhost:${port}/`, ...more };
  },
});

/** A fatal TLS alert, by its number (RFC 8446, B.2). */
const alert = (number: number): Uint8Array => Uint8Array.of(0x15, 3, 3, 0, 2, 2, number);

/** A real TLS server with such options. */
const speaking = (
  name: string,
  expected: Expected,
  options: (stage: Stage) => Promise<Parameters<Stage['tls']>[0]>,
): Behaviour => ({
  name,
  row: 'T2',
  healthy: 'never',
  expected,
  open: async (stage) => {
    const authority = await stage.authority();
    const { chain, key } = await makeCertificate({ authority, names: ['localhost'] });
    const port = await stage.tls({ cert: chain, key, ...(await options(stage)) }, (socket) => socket.end(healthy));
    return { url: `https://localhost:${port}/`, spec: { tls: { ca: authority.cert } } };
  },
});

const handshake = (cause: RegExp): Expected => fails('tls-handshake', cause);
const wantsClient = (cause: RegExp): Expected => cannotTell('tls-client-certificate', cause);

const asksForClients = async (stage: Stage) => ({
  ca: (await stage.authority()).cert,
  requestCert: true,
  rejectUnauthorized: true,
});

/** Handshakes that do not end in a session (T2). */
export const handshakes: readonly Behaviour[] = [
  speaking(
    'tls-1.1-only',
    fails(
      'tls-protocol',
      /^the server (offers only versions older than TLS 1\.2|accepts neither TLS 1\.2 nor TLS 1\.3)$/,
    ),
    async () => ({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
  ),
  speaking('no-common-cipher', handshake(/^the server found no cipher in common with us$/), async () => ({
    maxVersion: 'TLSv1.2',
    ciphers: 'ECDHE-RSA-AES128-GCM-SHA256',
  })),
  speaking('alpn-mismatch', handshake(/^the server does not offer HTTP\/1\.1 over TLS \(ALPN\)$/), async () => ({
    ALPNProtocols: ['h2'],
  })),
  speaking('client-certificate-wanted', wantsClient(/^the server asks for a client certificate$/), asksForClients),
  speaking('client-certificate-wanted-1.2', wantsClient(/asks for a client certificate$/), async (stage) => ({
    ...(await asksForClients(stage)),
    maxVersion: 'TLSv1.2',
  })),
  greeted(
    'client-certificate-refused',
    wantsClient(/^the server refuses our client certificate, or the lack of one: it does not know its issuer$/),
    alert(48),
  ),
  greeted('alert-internal-error', handshake(/^the handshake failed: internal error$/), alert(80)),
  greeted('alert-unknown-name', handshake(/^the server knows no site of this name \(SNI\)$/), alert(112)),
  greeted(
    'plain-http-on-tls-port',
    fails('tls-protocol', /^the server does not speak TLS on this port \(plain HTTP, or something else\)$/),
    whole('bad request', [], 'HTTP/1.1 400 Bad Request\r\n'),
  ),
  greeted(
    'ssh-on-tls-port',
    fails('tls-protocol', /^the server does not speak TLS on this port/),
    Buffer.from('SSH-2.0-OpenSSH_9.6\r\n'),
  ),
  greeted('handshake-cut-off', handshake(/^the server closed the connection during the handshake$/), (socket) =>
    socket.end(),
  ),
  greeted('handshake-reset', fails('connect-reset', /^the connection was reset in tls/), (socket) =>
    socket.resetAndDestroy(),
  ),
  greeted('handshake-stalls', fails('timeout', /^timed out after 1\.0 s in tls/), () => {}, impatient),
];
