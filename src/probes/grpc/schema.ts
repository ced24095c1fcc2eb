import { Type, type Static } from 'typebox';
import { httpProperties, TlsOptions } from '../http/schema.ts';

const closed = { additionalProperties: false } as const;

/** What a check writes under `grpc:`. */
export const Spec = Type.Object(
  {
    address: Type.String({ minLength: 1, description: 'host:port of the server' }),
    service: Type.Optional(
      Type.String({
        maxLength: 1024,
        description: 'full name of the service to ask about, as `shop.v1.Orders`; default the server as a whole',
      }),
    ),
    tls: Type.Optional(
      Type.Union([Type.Boolean(), TlsOptions], {
        description: 'true speaks TLS with HTTP/2 agreed on by ALPN; default false, HTTP/2 with prior knowledge',
      }),
    ),
    metadata: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
        description: 'sent with the call, `authorization` for example; a name that ends in `-bin` takes base64',
      }),
    ),
    authority: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'host or host:port that the call is for (`:authority`, SNI, certificate); default `address`',
      }),
    ),
    proxy: httpProperties.proxy,
    resolver: httpProperties.resolver,
    family: httpProperties.family,
  },
  closed,
);
export type Spec = Static<typeof Spec>;
