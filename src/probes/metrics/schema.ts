import { Type, type Static } from 'typebox';
import { familyOrEach, httpProperties } from '../http/schema.ts';
import { FORMATS } from './format.ts';

/** What a check writes under `metrics:`. */
export const Spec = Type.Object(
  {
    ...httpProperties,
    family: familyOrEach,
    format: Type.Optional(
      Type.Enum(['auto', ...FORMATS], {
        description: 'how the body is read; default auto, which goes by the Content-Type as Prometheus does',
      }),
    ),
    names: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 1000 }), {
        minItems: 1,
        maxItems: 200,
        uniqueItems: true,
        description: 'metrics that must be there with at least one series, by exact name',
      }),
    ),
  },
  { additionalProperties: false },
);
export type Spec = Static<typeof Spec>;
