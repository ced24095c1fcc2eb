import { Type, type Static } from 'typebox';
import { familyOrEach, TlsOptions } from '../http/schema.ts';

const closed = { additionalProperties: false } as const;

/** What a check writes under `tcp:`. */
export const Spec = Type.Object(
  {
    host: Type.String({ minLength: 1, description: 'host:port, or a host with `port` beside it' }),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, description: 'port, when `host` names none' })),
    send: Type.Optional(Type.String({ minLength: 1, description: 'text to send once connected, exactly as written' })),
    read: Type.Optional(
      Type.Union([Type.String({ minLength: 1, maxLength: 4096 }), Type.Integer({ minimum: 1, maximum: 65_536 })], {
        description: 'text that the answer must contain, or how many bytes of it to read at most',
      }),
    ),
    tls: Type.Optional(
      Type.Union([Type.Boolean(), TlsOptions], { description: 'true speaks TLS before `send` and `read`' }),
    ),
    closed: Type.Optional(Type.Boolean({ description: 'true asks that nothing can connect' })),
    resolver: Type.Optional(Type.String({ minLength: 1, description: 'address:port of the DNS server to ask' })),
    family: familyOrEach,
  },
  closed,
);
export type Spec = Static<typeof Spec>;
