import { Type } from 'typebox';

const path = (description: string) => Type.Optional(Type.String({ minLength: 1, description }));

/** How an answer is read; shared by the kinds that ask an index. */
export const answerProperties = {
  hits: path('JSONPath of the list of hits in the structured answer; default the first list there is'),
  id: path('JSONPath of the id, starting at a hit; default its `id`, `source`, `url`, `uri`, `path` or `title`'),
  score: path('JSONPath of the score, starting at a hit; default its `score`, `similarity` or `relevance`'),
  citations: path('JSONPath of the sources that the answer names; default the ids of the hits'),
  'built-at': path('JSONPath of the time at which the index was built; `age` is the time since then'),
  documents: path('JSONPath of the number of documents that the index says it has'),
  'min-score': Type.Optional(Type.Number({ description: 'a hit with a lower score, or with none, is not counted' })),
  'max-distance': Type.Optional(
    Type.Number({ description: 'the same where the score is a distance: a hit that is further away is not counted' }),
  ),
  deny: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), {
      minItems: 1,
      description: 'patterns that mark an answer as degraded, added to the built-in ones; case does not matter',
    }),
  ),
  sentinel: Type.Optional(
    Type.String({
      minLength: 3,
      description: 'id of a document, or a build id, that the answer must hold: what was written last must be found',
    }),
  ),
};

/** A set of questions with known answers; shared by the kinds that ask an index. */
export const goldenProperty = Type.Optional(
  Type.Object(
    {
      file: Type.String({
        minLength: 1,
        description: 'the questions: a YAML list, or JSON lines when it ends in .jsonl',
      }),
      k: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 100, description: 'how many hits are looked at; default 5' }),
      ),
      baseline: Type.Optional(
        Type.String({ minLength: 1, description: 'what an earlier look made of the questions, to be held against' }),
      ),
      concurrency: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 32, description: 'how many questions are asked at once; default 8' }),
      ),
      within: Type.Optional(
        Type.String({
          pattern: '^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$',
          description:
            'how long all questions may take together; default 2m. The timeout of the check holds for each one',
        }),
      ),
    },
    { additionalProperties: false, description: 'questions with known answers, asked in one look' },
  ),
);
