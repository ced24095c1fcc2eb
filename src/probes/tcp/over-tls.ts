import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Watch } from '../engine/reach.ts';
import type { TlsRequest } from '../engine/request.ts';
import { secure } from '../engine/secure.ts';
import { readPemFiles } from '../http/pem-files.ts';
import { CouldNotLook } from '../probe.ts';
import type { Spec } from './schema.ts';

/** What `tls` of a spec means, its PEM files read; null when TLS is not to be spoken. */
export const tlsOf = async ({ tls }: Spec, folder: string): Promise<TlsRequest | null> => {
  if (tls === undefined || tls === false) return null;
  const {
    verify = true,
    ca = null,
    cert = null,
    key = null,
    servername = null,
  } = await readPemFiles(tls === true ? {} : tls, folder);
  return { verify, ca, cert, key, servername };
};

/** TLS over a connection. Throws `CouldNotLook` when the certificate does not hold, unless that was allowed. */
export const encrypt = async (
  socket: Socket,
  host: string,
  tls: TlsRequest,
  { signal, clock, trace }: Watch,
  now: () => Date,
): Promise<Duplex> => {
  clock.enter('tls');
  const secured = await secure(socket, { tls, host, signal, now, session: { ALPNProtocols: undefined } });
  trace.closers.push(() => secured.socket.destroy());
  trace.tls = secured.facts;
  if (tls.verify && secured.facts?.verified !== true) {
    const { code = null, cause = null } = secured.facts ?? {};
    throw new CouldNotLook(code ?? 'tls-handshake', cause ?? 'the server presented no certificate');
  }
  return secured.socket;
};
