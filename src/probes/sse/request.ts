import type { HttpRequest } from '../engine/request.ts';
import { type OneRequestSpec, toRequest } from '../http/request-from-spec.ts';
import { DEFAULT_STREAM_BYTES } from './settings.ts';
import type { Spec } from './schema.ts';

type Headers = NonNullable<Spec['headers']>;

const FIELDS: Headers = { Accept: 'text/event-stream', 'Cache-Control': 'no-cache' };

/** What is sent with the request: the fields of a check before those that every client of event streams sends. */
export const eventStreamHeaders = (written: Headers = {}): Headers => {
  const names = new Set(Object.keys(written).map((name) => name.toLowerCase()));
  return {
    ...written,
    ...Object.fromEntries(Object.entries(FIELDS).filter(([name]) => !names.has(name.toLowerCase()))),
  };
};

/** The request for a stream; PEM files must have been read before. */
export const toStreamRequest = (spec: Spec): HttpRequest => {
  const { for: _for, event: _event, heartbeat: _heartbeat, limits = {}, ...http } = spec;
  const { event: _limit, body = DEFAULT_STREAM_BYTES, ...others } = limits;
  const asked: OneRequestSpec = { ...http, headers: eventStreamHeaders(spec.headers), limits: { ...others, body } };
  return toRequest(asked);
};
