import { Type, type Static } from 'typebox';

const closed = { additionalProperties: false } as const;
const pattern = Type.String({ minLength: 1, maxLength: 1000 });

/** What a check writes under `playwright:`. */
export const Spec = Type.Object(
  {
    spec: Type.Union([pattern, Type.Array(pattern, { minItems: 1, maxItems: 100 })], {
      description:
        'the specs to run: paths such as `dashboard.spec.ts`, or patterns, from the folder of this file; each must name a file with a test',
    }),
    config: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'path of a configuration of Playwright; without one a headless Chromium is used, with what fits a smoke run',
      }),
    ),
    project: Type.Optional(Type.String({ minLength: 1, description: 'only this project of the configuration' })),
    grep: Type.Optional(Type.String({ minLength: 1, description: 'only tests whose title fits this pattern' })),
    env: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }), Type.Union([Type.String(), Type.Number()]), {
        description: 'variables for the specs; of our own environment they get what every program gets',
      }),
    ),
    screenshots: Type.Optional(
      Type.Boolean({
        description:
          'true keeps screenshots of failed tests although `env` holds a secret: fields are covered on them, other text is not; default false',
      }),
    ),
    retries: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 5,
        description: 'tries beside the first; default 0, whatever the configuration says',
      }),
    ),
    workers: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 16,
        description: 'tests at the same time; default 1, whatever the configuration says',
      }),
    ),
  },
  closed,
);
export type Spec = Static<typeof Spec>;
