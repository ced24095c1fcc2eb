import { Type } from 'typebox';
import type { Json } from '../../model/json.ts';

const NAME = '[A-Za-z_][A-Za-z0-9_]*';

const name = Type.String({
  pattern: `^${NAME}$`,
  title: 'the name of an environment variable',
  description: 'a name',
});

/** What a check writes under `environment:`: names with their matchers, and names that only must be set. */
export type Spec = { readonly [name: string]: Json };

/** A variable cannot be called `is-set`, so that the two never meet. */
export const Spec = Type.Unsafe<Spec>(
  Type.Object(
    {
      'is-set': Type.Optional(
        Type.Union([name, Type.Array(name, { minItems: 1, title: 'a list of names' })], {
          description: 'variables that must be set, to whatever value',
        }),
      ),
    },
    {
      additionalProperties: Type.Unknown({
        description: 'a text that the value must be equal to, or matchers; the value is always text',
      }),
      propertyNames: {
        pattern: `^(${NAME}|is-set)$`,
        title: 'a name of letters, digits and "_" that does not begin with a digit',
      },
    },
  ),
);
