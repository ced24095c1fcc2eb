import { Type, type Static } from 'typebox';
import { httpProperties } from '../http/schema.ts';

const closed = { additionalProperties: false } as const;

/** A time that is written with its unit and is not zero. */
export const duration = (description: string) =>
  Type.String({
    pattern: '^(?![0.]*[a-z])[0-9]{1,9}(\\.[0-9]{1,3})?(ms|s|m|h|d)$',
    title: 'a duration longer than zero with a unit, such as 500ms, 30s or 10m',
    description,
  });

/** A bound in bytes. */
export const size = (description: string) =>
  Type.Union(
    [
      Type.Integer({ minimum: 1 }),
      Type.String({ pattern: '^[0-9]+(\\.[0-9]+)? ?(B|kB|KB|MB|GB|KiB|MiB|GiB)$', title: 'a size such as 1MiB' }),
    ],
    { description },
  );

const { url, headers, query, auth, tls, proxy, family, resolver, http2 } = httpProperties;

/** How a stream is reached, over whichever protocol. */
export const streamProperties = {
  headers,
  query,
  auth,
  tls,
  'connect-to': httpProperties['connect-to'],
  proxy,
  family,
  resolver,
};

const eventName = Type.String({ minLength: 1, maxLength: 200, title: 'the name of an event' });

/** What a check writes under `sse:`. */
export const Spec = Type.Object(
  {
    url,
    ...streamProperties,
    http2,
    for: Type.Optional(
      duration('how long the stream is watched, and must stay open; default 30s. `timeout` is for its opening alone'),
    ),
    event: Type.Optional(
      Type.Union([eventName, Type.Array(eventName, { minItems: 1, uniqueItems: true })], {
        description: 'only events of these names count; `message` is the name of those without one. Default all',
      }),
    ),
    heartbeat: Type.Optional(
      duration('the longest time that may pass without a sign of life: an event that counts, or a comment line'),
    ),
    limits: Type.Optional(
      Type.Object(
        {
          headers: Type.Optional(size('the head of the answer; default 64KiB')),
          event: Type.Optional(size('one event, or one line; default 1MiB')),
          body: Type.Optional(size('the whole stream, decoded; default 64MiB')),
        },
        { ...closed, description: 'bounds of what is read' },
      ),
    ),
  },
  closed,
);
export type Spec = Static<typeof Spec>;
