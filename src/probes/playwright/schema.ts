import { Type, type Static } from 'typebox';

const closed = { additionalProperties: false } as const;
const glob = Type.String({ minLength: 1, maxLength: 1000 });

/** What a check writes under `playwright:`. */
export const Spec = Type.Object(
  {
    spec: Type.Union([glob, Type.Array(glob, { minItems: 1, maxItems: 100 })], {
      description: 'the specs to run, from the folder of this file: `dashboard.spec.ts`, or patterns',
    }),
    config: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'a configuration of Playwright; without one a headless Chromium is used, with what fits a smoke run',
      }),
    ),
    project: Type.Optional(Type.String({ minLength: 1, description: 'only this project of the configuration' })),
    grep: Type.Optional(Type.String({ minLength: 1, description: 'only tests whose title fits this pattern' })),
    env: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }), Type.Union([Type.String(), Type.Number()]), {
        description: 'variables for the specs; of our own environment they get what every program gets',
      }),
    ),
    retries: Type.Optional(Type.Integer({ minimum: 0, maximum: 5, description: 'tries beside the first; default 0' })),
    workers: Type.Optional(Type.Integer({ minimum: 1, maximum: 16, description: 'tests at the same time; default 1' })),
  },
  closed,
);
export type Spec = Static<typeof Spec>;
