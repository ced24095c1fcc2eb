import { Type, type Static } from 'typebox';
import { answerProperties, goldenProperty } from '../answer/schema.ts';
import { httpProperties } from '../http/schema.ts';
import { PRESET_NAMES } from './presets/presets.ts';

const path = (description: string) => Type.Optional(Type.String({ minLength: 1, description }));

/** What a check writes under `query:`. A plain string stands for `url`. */
export const Spec = Type.Object(
  {
    ...httpProperties,
    question: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'the question, which stands for `{{question}}` in url, query, json, form and body',
      }),
    ),
    golden: goldenProperty,
    preset: Type.Optional(
      Type.Enum([...PRESET_NAMES], { description: 'the dialect that is spoken: where the parts of its answers are' }),
    ),
    answer: path('JSONPath of the answer in words'),
    ...answerProperties,
    ids: path('JSONPath of the ids, when they are a list of their own beside the hits'),
    scores: path('JSONPath of the scores, when they are a list of their own beside the hits'),
    error: path('JSONPath where something stands only when the request failed, added to the usual places'),
    'is-error': Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        description: 'patterns of a body that is an error, whatever its status; case does not matter',
      }),
    ),
    vector: path('JSONPath of an embedding: it must have dimensions and not be zero'),
  },
  { additionalProperties: false },
);
export type Spec = Static<typeof Spec>;
