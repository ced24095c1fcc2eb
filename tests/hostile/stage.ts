import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { makeAuthority, type Authority } from '../stack/certificates.ts';
import { startDnsServer, type DnsRecord, type DnsServer } from '../stack/dns-server.ts';
import { startRawServer } from '../stack/raw-server.ts';

/** What a server does with a connection. `head` is the request up to its empty line. */
export type Act = (socket: Socket, head: string) => void;

/** Where hostile servers are put up, all on loopback and on ports of their own, and taken down together. */
export type Stage = {
  /** Acts when a request has come. Answers the port. */
  readonly tcp: (act: Act) => Promise<number>;
  /** Acts as soon as somebody connects. */
  readonly greeting: (act: (socket: Socket) => void) => Promise<number>;
  readonly tls: (options: TlsOptions, act: Act) => Promise<number>;
  /** Answers `address:port`. */
  readonly dns: (records: { readonly [name: string]: DnsRecord }) => Promise<string>;
  /** Whatever else has to be closed. */
  readonly onClose: (close: () => unknown) => void;
  /** The root that every trusted certificate here is signed with. */
  readonly authority: () => Promise<Authority>;
  readonly close: () => Promise<void>;
};

const afterHead =
  (act: Act) =>
  (socket: Socket): void => {
    let head = '';
    const take = (bytes: Buffer): void => {
      head += bytes.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', take);
      act(socket, head);
    };
    socket.on('data', take);
  };

/** An empty stage. Whoever makes one closes it. */
export const newStage = (): Stage => {
  const closers: (() => unknown)[] = [];
  let authority: Promise<Authority> | undefined;

  const serve = async (behave: (socket: Socket) => void, tls: TlsOptions | null = null): Promise<number> => {
    const server = await startRawServer(behave, tls);
    closers.push(server.close);
    return server.port;
  };

  return {
    tcp: (act) => serve(afterHead(act)),
    greeting: (act) => serve(act),
    tls: (options, act) => serve(afterHead(act), options),
    dns: async (records) => {
      const server: DnsServer = await startDnsServer({ records: new Map(Object.entries(records)) });
      closers.push(server.close);
      return server.address;
    },
    onClose: (close) => closers.push(close),
    authority: () => (authority ??= makeAuthority()),
    close: async () => {
      await Promise.all(closers.splice(0).map((close) => close()));
    },
  };
};
