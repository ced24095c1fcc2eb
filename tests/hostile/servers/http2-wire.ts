import type { Socket } from 'node:net';
import * as h2 from '../../../src/probes/engine/http2-frames.ts';
import { frame, literal, settings, startRawServer, STATUS_200 } from '../../../src/probes/engine/http2-test-server.ts';
import type { Behaviour, Expected, Target } from '../behaviour.ts';
import { wire } from './wire.ts';

type Bytes = Uint8Array | string;

const JSON_FIELD = literal('content-type', 'application/json');
/** The head of an answer 200, with more fields. */
export const ok = (...fields: readonly Uint8Array[]): Buffer =>
  frame(h2.HEADERS, h2.END_HEADERS, 1, Buffer.concat([STATUS_200, JSON_FIELD, ...fields]));
export const data = (text: string, flags = 0): Buffer => frame(h2.DATA, flags, 1, text);
/** A whole answer. */
export const healthyOverHttp2 = [ok(), data('{"status":"pass"}', h2.END_STREAM)];

/** A server that speaks HTTP/2 without TLS, and acts once it was asked, or at once when it `greets`. */
export const behaves = (
  name: string,
  healthyIs: Behaviour['healthy'],
  expected: Expected,
  act: (socket: Socket) => void,
  { greets = false, ...more }: Partial<Target> & { readonly greets?: boolean } = {},
): Behaviour => ({
  name,
  row: 'H19',
  healthy: healthyIs,
  expected,
  open: async (stage) => {
    const server = await startRawServer(act, greets);
    stage.onClose(server.stop);
    return { url: `http://127.0.0.1:${server.port}/`, ...more, spec: { http2: true, ...more.spec } };
  },
});

/** A server that says these bytes once it was asked. */
export const says = (name: string, expected: Expected, ...bytes: readonly Bytes[]): Behaviour =>
  behaves(name, 'never', expected, (socket) => socket.write(Buffer.concat([settings(), ...bytes.map(wire)])));

/** Says the first bytes, and then the same ones over and over. */
export const floods = (name: string, expected: Expected, first: readonly Uint8Array[], one: Uint8Array): Behaviour =>
  behaves(name, 'never', expected, (socket) => {
    socket.write(Buffer.concat([settings(), ...first]));
    const many = Buffer.concat(Array.from({ length: 100 }, () => one));
    const more = (): boolean => socket.writable && socket.write(many, () => setImmediate(more));
    more();
  });
