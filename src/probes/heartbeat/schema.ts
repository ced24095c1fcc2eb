import { Type, type Static } from 'typebox';
import { httpProperties } from '../http/schema.ts';

const { url: _url, json: _json, ...http } = httpProperties;

const duration = (description: string) =>
  Type.String({
    pattern: '^(?![0.]*[a-z])[0-9]{1,9}(\\.[0-9]{1,3})?(ms|s|m|h|d)$',
    title: 'a duration longer than zero with a unit, such as 30s, 15m or 7d',
    description,
  });

const path = (description: string) =>
  Type.String({ minLength: 1, title: 'a JSONPath such as $.last-beat', description });

const checkId = (description: string) =>
  Type.String({ pattern: '^[a-z0-9][a-z0-9._-]*$', maxLength: 200, title: 'the id of a check', description });

const From = Type.Object(
  {
    url: Type.Optional(Type.String({ minLength: 1, description: 'http or https address of a JSON document' })),
    file: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'path of a file, relative to the file of the check: its time of modification is the beat',
      }),
    ),
    history: Type.Optional(checkId('id of a check: the earlier runs in which it was good are the beats')),
    json: Type.Optional(
      path('JSONPath of the time, or of several, in the document of `url` or `file`; the newest is the last beat'),
    ),
    ...http,
  },
  { additionalProperties: false },
);

/** What a check writes under `heartbeat:`. */
export const Spec = Type.Object(
  {
    from: Type.Union([Type.String({ minLength: 1 }), From], {
      description: 'where the beats are seen: one of url, file and history. A text is the path of a file',
    }),
    every: duration('how often there must be a beat'),
    grace: Type.Optional(duration('how late a beat may be; default not at all')),
    uptime: Type.Optional(
      Type.String({
        pattern: '^[0-9]{1,3}(\\.[0-9]{1,4})?%$',
        title: 'a percentage such as 99% or 99.9%',
        description: 'the least share of the window in which the check of `uptime-of` must have been good',
      }),
    ),
    'uptime-window': Type.Optional(duration('how far back uptime looks; default 7d')),
    'uptime-of': Type.Optional(
      checkId('id of the check whose history uptime is made of; default the one of `from.history`'),
    ),
  },
  { additionalProperties: false },
);
export type Spec = Static<typeof Spec>;
