import { Client, Connection } from 'pg';
import type { Address } from './address.ts';
import type { Wire } from './wire.ts';

/** A session on a server, and what the server says of itself. */
export type Login = { readonly client: Client; readonly version: () => string | null };

/** Protocol 3.0 and what it may be told at the start, each text ended by a zero. */
const startupMessage = (parameters: { readonly [name: string]: string }): Buffer => {
  const texts = Object.entries(parameters).flat();
  const body = Buffer.from(`${texts.join('\0')}\0\0`, 'utf8');
  const head = Buffer.alloc(8);
  head.writeUInt32BE(head.length + body.length, 0);
  head.writeUInt32BE(0x0003_0000, 4);
  return Buffer.concat([head, body]);
};

/** Said by the library on its own, out of variables of the environment that are none of a check's business. */
const connectionFor = (wire: Wire, { user, database }: Address, application: string): Connection => {
  const connection = new Connection({ stream: () => wire.stream });
  const message = startupMessage({ user, database, application_name: application, client_encoding: 'UTF8' });
  return Object.assign(connection, { startup: () => void wire.stream.write(message) });
};

const memberOf = (message: unknown, key: 'parameterName' | 'parameterValue'): string => {
  if (typeof message !== 'object' || message === null) return '';
  const found: unknown = Reflect.get(message, key);
  return typeof found === 'string' ? found : '';
};

/** Logs in over a wire. Rejects with the error of the server, or that of the library. */
export const logIn = async (wire: Wire, address: Address, agent: string, encrypted: boolean): Promise<Login> => {
  const connection = connectionFor(wire, address, address.application ?? agent);
  const config = {
    connection,
    host: address.host,
    port: address.port,
    user: address.user,
    database: address.database,
    // Without a password the gate ends a login that asks for one: this text is never sent.
    password: address.password ?? 'none',
    application_name: agent,
    ssl: false,
    sslnegotiation: 'postgres',
    enableChannelBinding: encrypted,
  } as const;
  const client = new Client(config);
  client.on('error', () => {});
  let version: string | null = null;
  connection.on('parameterStatus', (message: unknown) => {
    if (memberOf(message, 'parameterName') === 'server_version') version = memberOf(message, 'parameterValue');
  });
  await client.connect();
  return { client, version: () => version };
};
