import { Type, type Static } from 'typebox';
import { familyOrEach } from '../http/schema.ts';

const closed = { additionalProperties: false } as const;

/** What a check writes under `tls:`. */
export const Spec = Type.Object(
  {
    host: Type.String({ minLength: 1, description: 'host or host:port' }),
    port: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 65_535,
        description:
          'default 443; with `starttls` the port of the protocol: smtp 25, imap 143, pop3 110, ftp 21, postgres 5432',
      }),
    ),
    servername: Type.Optional(
      Type.String({ minLength: 1, description: 'name for SNI and verification; default the host' }),
    ),
    starttls: Type.Optional(
      Type.Enum(['smtp', 'imap', 'pop3', 'ftp', 'postgres'], {
        description: 'protocol in which TLS is asked for before the handshake',
      }),
    ),
    ca: Type.Optional(Type.String({ minLength: 1, description: 'roots to trust: PEM text or the path of a PEM file' })),
    cert: Type.Optional(Type.String({ minLength: 1, description: 'client certificate: PEM text or a path' })),
    key: Type.Optional(Type.String({ minLength: 1, description: 'key of the client certificate: PEM text or a path' })),
    'min-version': Type.Optional(
      Type.Enum(['TLSv1.2', 'TLSv1.3'], { description: 'oldest version that may be agreed on; default TLSv1.2' }),
    ),
    'connect-to': Type.Optional(
      Type.String({ minLength: 1, description: 'host:port to connect to instead; SNI and verification stay the same' }),
    ),
    resolver: Type.Optional(Type.String({ minLength: 1, description: 'address:port of the DNS server to ask' })),
    family: familyOrEach,
  },
  closed,
);
export type Spec = Static<typeof Spec>;
