import { Type, type Static } from 'typebox';

const closed = { additionalProperties: false } as const;
const records = Type.Array(Type.String({ minLength: 1 }), { minItems: 1, uniqueItems: true });

/** What a check writes under `dns:`. */
export const Spec = Type.Object(
  {
    name: Type.String({ minLength: 1, description: 'the full name to look up; with type PTR also an address' }),
    type: Type.Optional(
      Type.Enum(['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'NS', 'SOA', 'SRV', 'CAA', 'PTR'], {
        description: 'record type; default A',
      }),
    ),
    server: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'name server to ask, as host:port or host (port 53); default those of this machine',
      }),
    ),
    expected: Type.Optional(
      Type.Object(
        {
          all: Type.Optional({ ...records, description: 'records that must all be there, among others' }),
          any: Type.Optional({ ...records, description: 'records of which at least one must be there' }),
          exact: Type.Optional({ ...records, description: 'the whole set of records, in any order' }),
        },
        { ...closed, minProperties: 1, description: 'the records that there should be: one of all, any and exact' },
      ),
    ),
  },
  closed,
);
export type Spec = Static<typeof Spec>;
