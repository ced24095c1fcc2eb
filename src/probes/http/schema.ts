import { Type, type Static } from 'typebox';

const closed = { additionalProperties: false } as const;
const text = Type.String({ minLength: 1 });
const scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);

/** How TLS is spoken; shared by the kinds that speak HTTP. */
export const TlsOptions = Type.Object(
  {
    verify: Type.Optional(
      Type.Boolean({ description: 'false accepts any certificate; the facts still tell. Default true' }),
    ),
    ca: Type.Optional(Type.String({ minLength: 1, description: 'roots to trust: PEM text or the path of a PEM file' })),
    cert: Type.Optional(Type.String({ minLength: 1, description: 'client certificate: PEM text or a path' })),
    key: Type.Optional(Type.String({ minLength: 1, description: 'key of the client certificate: PEM text or a path' })),
    servername: Type.Optional(
      Type.String({ minLength: 1, description: 'name for SNI and verification; default the host' }),
    ),
  },
  { ...closed, description: 'how TLS is spoken' },
);

const Follow = Type.Union(
  [
    Type.Boolean(),
    Type.Object(
      {
        max: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, description: 'redirects to follow; default 10' })),
        'allow-downgrade': Type.Optional(Type.Boolean({ description: 'https may redirect to http; default false' })),
        'allow-private': Type.Optional(
          Type.Boolean({ description: 'a public address may redirect to a private one; default false' }),
        ),
        trust: Type.Optional(
          Type.Array(Type.String({ minLength: 1 }), {
            uniqueItems: true,
            description:
              'origins (https://host or https://host:port) that also get the headers, credentials and body of the check; default none but that of url',
          }),
        ),
      },
      closed,
    ),
  ],
  { description: 'whether redirects are followed; default false, so that a 3xx is seen as what it is' },
);

const credentials = Type.Object({ username: Type.String(), password: Type.String() }, closed);

const Auth = Type.Union([Type.Object({ basic: credentials }, closed), Type.Object({ bearer: text }, closed)], {
  description: 'credentials; they never go to another origin, unless follow.trust lists it',
});

/** What `http` takes beside that: digest access authentication. */
const AuthWithDigest = Type.Union([...Auth.anyOf, Type.Object({ digest: credentials }, closed)], {
  description:
    'credentials; they never go to another origin, unless follow.trust lists it. digest answers the challenge of the first origin, which takes a second request',
});

const FileField = Type.Object(
  {
    file: Type.String({ minLength: 1, description: 'path of the file, relative to the file of the check' }),
    type: Type.Optional(
      Type.String({ pattern: '^[^\\s;]+/[^\\s]+$', description: 'its content type; default application/octet-stream' }),
    ),
    name: Type.Optional(Type.String({ minLength: 1, description: 'the name that is sent; default that of the file' })),
  },
  closed,
);

const Size = Type.Union([
  Type.Integer({ minimum: 1 }),
  Type.String({ pattern: '^[0-9]+(\\.[0-9]+)? ?(B|kB|KB|MB|GB|KiB|MiB|GiB)$' }),
]);

/** The properties that `http` shares with the kinds that are HTTP plus a reader of bodies. */
export const httpProperties = {
  url: Type.String({ minLength: 1, description: 'http or https address' }),
  method: Type.Optional(
    Type.String({ pattern: '^[A-Za-z]+$', description: 'default GET, or POST when a body is given' }),
  ),
  headers: Type.Optional(
    Type.Record(Type.String(), scalar, {
      description: 'sent as written, to the first origin and those of follow.trust only',
    }),
  ),
  query: Type.Optional(
    Type.Record(Type.String(), Type.Union([scalar, Type.Array(scalar)]), {
      description: 'appended to the query of the URL',
    }),
  ),
  json: Type.Optional(Type.Unknown({ description: 'body, sent as JSON' })),
  form: Type.Optional(Type.Record(Type.String(), scalar, { description: 'body, sent as a URL-encoded form' })),
  body: Type.Optional(Type.String({ description: 'body, sent as it is' })),
  auth: Type.Optional(Auth),
  follow: Type.Optional(Follow),
  tls: Type.Optional(TlsOptions),
  'connect-to': Type.Optional(
    Type.String({ minLength: 1, description: 'host:port to connect to instead; Host and SNI stay those of the URL' }),
  ),
  proxy: Type.Optional(
    Type.Union([Type.Boolean(), text], {
      description: 'true honours the proxy variables (default), false connects directly, a URL forces that proxy',
    }),
  ),
  family: Type.Optional(Type.Enum(['any', 4, 6], { description: 'address family; default any' })),
  resolver: Type.Optional(Type.String({ minLength: 1, description: 'address:port of the DNS server to ask' })),
  http2: Type.Optional(
    Type.Boolean({
      description: 'true speaks HTTP/2 and nothing else: by ALPN over TLS, with prior knowledge without; default false',
    }),
  ),
  limits: Type.Optional(
    Type.Object(
      { headers: Type.Optional(Size), body: Type.Optional(Size) },
      { ...closed, description: 'bounds of the response; default 64KiB of headers and 10MiB of body' },
    ),
  ),
};

/** `family` of the kinds that can look over each family by itself. */
export const familyOrEach = Type.Optional(
  Type.Enum(['any', 4, 6, 'each'], {
    description:
      'address family; default any. each asks once over IPv4 and once over IPv6, as far as the name has them, and both must answer alike',
  }),
);

/** What a check writes under `http:`. */
export const Spec = Type.Object(
  {
    ...httpProperties,
    auth: Type.Optional(AuthWithDigest),
    multipart: Type.Optional(
      Type.Record(Type.String(), Type.Union([scalar, FileField]), {
        minProperties: 1,
        description: 'body, sent as a form with files: each field a text, or the path of a file; at most 10MiB',
      }),
    ),
    family: familyOrEach,
  },
  closed,
);
export type Spec = Static<typeof Spec>;
