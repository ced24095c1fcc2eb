import { CouldNotLook } from '../probe.ts';
import * as http2 from './http2-frames.ts';
import { type Frame, frameName, readFrames } from './http2-frames.ts';
import { invalidResponse } from './parse-head.ts';
import { byteSize, printableBytes } from './printable.ts';
import type { Limits } from './request.ts';

/** A frame by which one side gave the exchange up. `text` is what it said about it. */
export type Complaint = {
  readonly by: 'server' | 'us';
  readonly frame: 'RST_STREAM' | 'GOAWAY';
  readonly code: string;
  readonly text: Uint8Array;
};

/** What passes between the HTTP/2 session and its peer, seen from outside. There is one stream, the first. */
export type Http2Watch = {
  /** Answers how many of the bytes belong to what comes up to the end of the response. Throws `CouldNotLook`. */
  readonly received: (bytes: Uint8Array) => number;
  readonly sent: (bytes: Uint8Array) => void;
  /** Whether the last byte of the response has come. */
  readonly ended: () => boolean;
  /** The first that either side gave up with; null when none did. */
  readonly complaint: () => Complaint | null;
  /** What has come of a response, and what holds it up, for messages. */
  readonly progress: () => string;
};

export type WatchOptions = {
  readonly limits: Limits;
  /** Bytes that the body of the request has. */
  readonly bodyBytes: number;
  readonly onRequestSent: () => void;
  /** With the first frame of the response. */
  readonly onResponse: () => void;
};

const STREAM = 1;
/** As many as our HTTP/2 library takes; servers that mean well fill a frame before they begin the next. */
const MOST_CONTINUATIONS = 8;
const MOST_EMPTY_FRAMES = 1000;
const SHOWN = 40;

type Seen = {
  head: Uint8Array;
  headerBytes: number;
  continuations: number;
  emptyFrames: number;
  /** The header block under way ends the stream. */
  endsStream: boolean;
  ended: boolean;
  settings: ReadonlyMap<number, number> | null;
  headersSent: boolean;
  bodySent: number;
  complaint: Complaint | null;
};

const checkHeaders = (seen: Seen, { type, length }: Frame, limits: Limits): void => {
  seen.headerBytes += http2.FRAME_START + length;
  seen.continuations = type === http2.CONTINUATION ? seen.continuations + 1 : 0;
  if (seen.continuations > MOST_CONTINUATIONS) {
    throw new CouldNotLook('header-limit', `the header section has over ${MOST_CONTINUATIONS} CONTINUATION frames`);
  }
  if (seen.headerBytes > limits.headerBytes) {
    throw new CouldNotLook('header-limit', `the header section is over ${byteSize(limits.headerBytes)}`);
  }
};

const checkEmpty = (seen: Seen, { type }: Frame): void => {
  seen.emptyFrames += 1;
  if (seen.emptyFrames <= MOST_EMPTY_FRAMES) return;
  const last = `the last is ${frameName(type)}${type === http2.DATA ? ' without data' : ''}`;
  throw invalidResponse(`a flood of frames that carry nothing (over ${MOST_EMPTY_FRAMES}; ${last})`);
};

/** A server's first frame is SETTINGS (RFC 9113, 3.4), whatever else speaks on this port. */
const checkFirst = (seen: Seen, bytes: Uint8Array): void => {
  if (seen.head.length >= http2.FRAME_START) return;
  const head = Buffer.concat([seen.head, bytes]);
  seen.head = head.subarray(0, http2.FRAME_START);
  if (head.length < http2.FRAME_START) return;
  if (head[3] === http2.SETTINGS && ((head[4] ?? 0) & http2.ACK) === 0) return;
  const what = /^HTTP\/\d/.test(head.toString('latin1', 0, SHOWN)) ? 'this is HTTP/1, not HTTP/2' : 'not HTTP/2';
  throw invalidResponse(`${what}: first bytes \`${printableBytes(head, SHOWN)}\``);
};

const complaintOf = (by: Complaint['by'], frame: Frame, payload: Uint8Array): Complaint | null => {
  if (frame.type === http2.RST_STREAM && frame.stream === STREAM) {
    return { by, frame: 'RST_STREAM', code: http2.errorName(http2.uint32(payload, 0)), text: new Uint8Array() };
  }
  if (frame.type !== http2.GOAWAY) return null;
  const code = http2.uint32(payload, 4);
  const goesOn = code === 0 && (by === 'us' || http2.uint32(payload, 0) % 2 ** 31 >= STREAM);
  return goesOn ? null : { by, frame: 'GOAWAY', code: http2.errorName(code), text: payload.subarray(8) };
};

const hindrance = ({ settings, headersSent, bodySent }: Seen, bodyBytes: number): string => {
  if (settings === null) return ' (not even the SETTINGS of HTTP/2)';
  if (settings.get(http2.MAX_CONCURRENT_STREAMS) === 0) return ': the server allows no streams at all';
  if (!headersSent || bodySent >= bodyBytes) return '';
  return `: the server's window lets only ${bodySent} of ${bodyBytes} bytes of the request through`;
};

const progressOf = (seen: Seen, bodyBytes: number): string => {
  if (seen.headerBytes === 0) return `no byte of a response${hindrance(seen, bodyBytes)}`;
  return `${seen.headerBytes} header bytes and no final response`;
};

const receiver = (seen: Seen, { limits, onResponse }: WatchOptions): http2.FrameReader =>
  readFrames({
    begin: (frame) => {
      const ours = frame.stream === STREAM;
      if (ours && seen.headerBytes === 0 && frame.type === http2.HEADERS) onResponse();
      if (ours && (frame.type === http2.HEADERS || frame.type === http2.CONTINUATION)) {
        checkHeaders(seen, frame, limits);
      } else if (frame.type === http2.DATA && frame.length > 0) seen.emptyFrames = 0;
      else checkEmpty(seen, frame);
    },
    end: (frame, payload) => {
      if (frame.type === http2.SETTINGS && (frame.flags & http2.ACK) === 0) {
        seen.settings = new Map([...(seen.settings ?? []), ...http2.readSettings(payload)]);
      }
      seen.complaint ??= complaintOf('server', frame, payload);
      if (frame.stream !== STREAM) return false;
      const last = (frame.flags & http2.END_STREAM) !== 0;
      const blockEnds = (frame.flags & http2.END_HEADERS) !== 0;
      if (frame.type === http2.HEADERS) seen.endsStream = last;
      if (frame.type === http2.DATA) seen.ended = last;
      if (frame.type === http2.HEADERS || frame.type === http2.CONTINUATION) seen.ended = seen.endsStream && blockEnds;
      return seen.ended;
    },
  });

const sender = (seen: Seen, onRequestSent: () => void): http2.FrameReader =>
  readFrames(
    {
      begin: () => {},
      end: (frame, payload) => {
        seen.complaint ??= complaintOf('us', frame, payload);
        if (frame.stream !== STREAM || (frame.type !== http2.HEADERS && frame.type !== http2.DATA)) return false;
        if (frame.type === http2.HEADERS) seen.headersSent = true;
        else seen.bodySent += frame.length;
        if ((frame.flags & http2.END_STREAM) !== 0) onRequestSent();
        return false;
      },
    },
    http2.PREFACE.length,
  );

/** Watches one exchange: its limits, its end, and who broke it off. */
export const watchHttp2 = (options: WatchOptions): Http2Watch => {
  const seen: Seen = {
    head: new Uint8Array(),
    headerBytes: 0,
    continuations: 0,
    emptyFrames: 0,
    endsStream: false,
    ended: false,
    settings: null,
    headersSent: false,
    bodySent: 0,
    complaint: null,
  };
  const receive = receiver(seen, options);
  return {
    received: (bytes) => {
      checkFirst(seen, bytes);
      return receive(bytes);
    },
    sent: sender(seen, options.onRequestSent),
    ended: () => seen.ended,
    complaint: () => seen.complaint,
    progress: () => progressOf(seen, options.bodyBytes),
  };
};
