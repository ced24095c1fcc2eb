import { Type, type Static } from 'typebox';
import { familyOrEach, httpProperties } from '../http/schema.ts';
import { HEALTH_FORMATS } from './reading.ts';

/** What a check writes under `health:`. */
export const Spec = Type.Object(
  {
    ...httpProperties,
    family: familyOrEach,
    format: Type.Optional(
      Type.Enum(['auto', ...HEALTH_FORMATS], {
        description: 'the format of the body; default auto, which recognises it',
      }),
    ),
    require: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        uniqueItems: true,
        description: 'components that must be listed, by exact name, and pass',
      }),
    ),
  },
  { additionalProperties: false },
);
export type Spec = Static<typeof Spec>;
