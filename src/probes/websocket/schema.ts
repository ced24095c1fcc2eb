import { Type, type Static } from 'typebox';
import { duration, size, streamProperties } from '../sse/schema.ts';

const closed = { additionalProperties: false } as const;
const members = Type.Record(Type.String(), Type.Unknown());

/** What a check writes under `websocket:`. */
export const Spec = Type.Object(
  {
    url: Type.String({ minLength: 1, description: 'ws or wss address' }),
    ...streamProperties,
    subprotocols: Type.Optional(
      Type.Array(Type.String({ minLength: 1, title: 'the name of a subprotocol' }), {
        minItems: 1,
        uniqueItems: true,
        description: 'subprotocols to offer, the preferred one first; the server must choose one of them',
      }),
    ),
    send: Type.Optional(
      Type.Union([Type.String(), members, Type.Array(Type.Unknown())], {
        description: 'a message to send once the connection is open: text as it is, anything else as JSON',
      }),
    ),
    answer: Type.Optional(
      Type.Union([Type.String({ minLength: 1 }), members], {
        description:
          'what the answer contains: a text, or members of a JSON object. Messages before it are passed over. Default: the first message after `send` is the answer',
      }),
    ),
    within: Type.Optional(duration('how long the answer may take, or the closing with `close: true`; default 5s')),
    close: Type.Optional(
      Type.Boolean({ description: 'true: the server must close the connection, after its answer if one is awaited' }),
    ),
    for: Type.Optional(duration('how long the connection must stay open; default until the answer is there')),
    heartbeat: Type.Optional(
      duration('with `for`: the longest time that may pass without a sign of life, a message or a ping'),
    ),
    limits: Type.Optional(
      Type.Object(
        {
          headers: Type.Optional(size('the head of the answer to the handshake; default 64KiB')),
          message: Type.Optional(size('one message, decompressed; default 1MiB')),
          body: Type.Optional(size('everything that comes, decompressed; default 64MiB')),
        },
        { ...closed, description: 'bounds of what is read' },
      ),
    ),
  },
  closed,
);
export type Spec = Static<typeof Spec>;
