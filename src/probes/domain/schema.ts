import { Type, type Static } from 'typebox';
import { familyOrEach } from '../http/schema.ts';

const closed = { additionalProperties: false } as const;
const text = Type.String({ minLength: 1 });
const port = Type.Integer({ minimum: 1, maximum: 65_535 });

const Serves = Type.Object(
  {
    title: Type.Optional(Type.String({ minLength: 1, description: 'the whole title of the page' })),
    header: Type.Optional(
      Type.Record(Type.String(), Type.String(), { description: 'response headers and their values' }),
    ),
    body: Type.Optional(Type.String({ minLength: 1, description: 'a text that the body contains' })),
    json: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'members that the body, as JSON, has among others' }),
    ),
  },
  {
    ...closed,
    minProperties: 1,
    description: 'how to know the site: without this, a parking page or the wrong site that answers 200 is not found',
  },
);

const Tls = Type.Object(
  {
    verify: Type.Optional(Type.Boolean({ description: 'false does not ask for valid certificates; default true' })),
    ca: Type.Optional(Type.String({ minLength: 1, description: 'roots to trust: PEM text or the path of a PEM file' })),
  },
  { ...closed, description: 'how certificates are verified' },
);

/** What a check writes under `domain:`. */
export const Spec = Type.Object(
  {
    name: Type.String({ minLength: 1, description: 'domain name, with or without www' }),
    'lands-on': Type.Optional(Type.String({ minLength: 1, description: 'URL on which every variant must end' })),
    variants: Type.Optional(
      Type.Array(Type.Enum(['http-apex', 'https-apex', 'http-www', 'https-www']), {
        minItems: 1,
        uniqueItems: true,
        description: 'entrances to walk from; default all four, those with www only if that name exists',
      }),
    ),
    serves: Type.Optional(Serves),
    https: Type.Optional(
      Type.Enum(['required', 'optional'], { description: 'whether every variant must end on https; default required' }),
    ),
    hsts: Type.Optional(Type.Boolean({ description: 'true asks for Strict-Transport-Security on the final answer' })),
    'max-hops': Type.Optional(
      Type.Integer({ minimum: 1, maximum: 50, description: 'redirects to follow; default 10' }),
    ),
    family: familyOrEach,
    resolver: Type.Optional(Type.String({ minLength: 1, description: 'address:port of the DNS server to ask' })),
    'http-port': Type.Optional({ ...port, description: 'port of the http variants; default 80' }),
    'https-port': Type.Optional({ ...port, description: 'port of the https variants; default 443' }),
    tls: Type.Optional(Tls),
    'connect-to': Type.Optional({
      ...text,
      description: 'host or address to connect to for this domain and its www, before DNS points there',
    }),
  },
  closed,
);
export type Spec = Static<typeof Spec>;
