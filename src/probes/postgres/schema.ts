import { Type, type Static } from 'typebox';
import { TlsOptions } from '../http/schema.ts';

const closed = { additionalProperties: false } as const;
const name = Type.String({ minLength: 1, maxLength: 200 });
const names = (description: string) => Type.Array(name, { minItems: 1, maxItems: 500, uniqueItems: true, description });
const scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);

const Tables = Type.Object(
  {
    exist: Type.Optional(
      names('tables or views that must be there: `orders` or `app.orders`, spelled as they are stored'),
    ),
    absent: Type.Optional(names('tables or views that must be gone, from every schema when none is named')),
  },
  { ...closed, minProperties: 1, description: 'relations that must be there, or must be gone' },
);

const RowLevelSecurity = Type.Object(
  {
    tables: Type.Optional(names('tables that must have row-level security switched on')),
    schema: Type.Optional(
      Type.String({ minLength: 1, maxLength: 63, description: 'instead of `tables`: every table of this schema' }),
    ),
    'policies-per-table': Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        description: 'how many policies each of them must have, neither more nor fewer',
      }),
    ),
    forced: Type.Optional(Type.Boolean({ description: 'true asks that it holds for the owner of each table too' })),
    functions: Type.Optional(names('functions that the policies call and that must be there, without arguments')),
  },
  { ...closed, minProperties: 1, description: 'how tables keep the rows of one tenant from another' },
);

/** What a check writes under `postgres:`. */
export const Spec = Type.Object(
  {
    url: Type.String({
      minLength: 1,
      description:
        'postgres://user:password@host:port/database; a password in it comes from a secret: `${secret.DATABASE_URL}`',
    }),
    query: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100_000,
        description: 'one statement that gives rows and changes nothing',
      }),
    ),
    params: Type.Optional(
      Type.Array(Type.Union([scalar, Type.Null()]), {
        minItems: 1,
        maxItems: 100,
        description: 'values of $1, $2, ... in `query`',
      }),
    ),
    'as-role': Type.Optional(
      Type.String({ minLength: 1, maxLength: 63, description: 'role that `query` runs as (SET LOCAL ROLE)' }),
    ),
    set: Type.Optional(
      Type.Record(Type.String(), scalar, {
        minProperties: 1,
        description: 'session settings for `query`, such as `app.tenant_id`; they end with the look',
      }),
    ),
    schema: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 63,
        description: 'where names without a dot are looked for; default the search path of the role in `url`',
      }),
    ),
    tables: Type.Optional(Tables),
    columns: Type.Optional(
      Type.Record(Type.String(), names('columns that the table must have'), {
        minProperties: 1,
        description: 'columns that must be there, by table',
      }),
    ),
    'row-level-security': Type.Optional(RowLevelSecurity),
    tls: Type.Optional(
      Type.Union([Type.Boolean(), TlsOptions], {
        description:
          'true or options: TLS, and a certificate that holds; false: none. Default as `sslmode` in `url` says, else TLS when the server offers it, whatever its certificate',
      }),
    ),
    resolver: Type.Optional(Type.String({ minLength: 1, description: 'address:port of the DNS server to ask' })),
    family: Type.Optional(Type.Enum(['any', 4, 6], { description: 'address family; default any' })),
  },
  closed,
);
export type Spec = Static<typeof Spec>;
