import { Type, type Static } from 'typebox';
import { httpProperties } from '../http/schema.ts';

const DURATION = '[0-9]{1,9}(\\.[0-9]{1,3})?(ms|s|m)$';

/** Redirects are not followed: each would be a request more than was declared. */
const { follow: _follow, ...request } = httpProperties;

/** What a check writes under `burst:`. */
export const Spec = Type.Object(
  {
    ...request,
    requests: Type.Integer({
      minimum: 2,
      maximum: 1000,
      title: 'a whole number from 2 to 1000',
      description: 'how many requests are sent at most; one more may follow, to see that the service recovers',
    }),
    within: Type.Optional(
      Type.String({
        pattern: `^(?![0.]*[a-z])${DURATION}`,
        title: 'a duration longer than zero with a unit, such as 500ms, 10s or 5m',
        description: 'the time in which they are sent; default 10s',
      }),
    ),
    concurrency: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        title: 'a whole number from 1 to 100',
        description: 'how many are under way at the same time; default 10',
      }),
    ),
    'recover-within': Type.Optional(
      Type.String({
        pattern: `^(?![0.]*[a-z])${DURATION}`,
        title: 'a duration longer than zero with a unit, such as 500ms, 10s or 5m',
        description: 'how soon after the burst the service must answer as usual again; default 10s',
      }),
    ),
  },
  { additionalProperties: false },
);
export type Spec = Static<typeof Spec>;
