/** The start of a frame (RFC 9113, 4.1). */
export type Frame = {
  readonly length: number;
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
};

export const DATA = 0x0;
export const HEADERS = 0x1;
export const RST_STREAM = 0x3;
export const SETTINGS = 0x4;
export const GOAWAY = 0x7;
export const CONTINUATION = 0x9;

export const END_STREAM = 0x1;
export const END_HEADERS = 0x4;
/** Of SETTINGS and PING. */
export const ACK = 0x1;

export const MAX_CONCURRENT_STREAMS = 0x3;

export const FRAME_START = 9;
/** What a client says before its first frame (RFC 9113, 3.4). */
export const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

const FRAMES = [
  ...['DATA', 'HEADERS', 'PRIORITY', 'RST_STREAM', 'SETTINGS', 'PUSH_PROMISE', 'PING', 'GOAWAY', 'WINDOW_UPDATE'],
  'CONTINUATION',
];

const CODES = [
  ...['NO_ERROR', 'PROTOCOL_ERROR', 'INTERNAL_ERROR', 'FLOW_CONTROL_ERROR', 'SETTINGS_TIMEOUT', 'STREAM_CLOSED'],
  ...['FRAME_SIZE_ERROR', 'REFUSED_STREAM', 'CANCEL', 'COMPRESSION_ERROR', 'CONNECT_ERROR', 'ENHANCE_YOUR_CALM'],
  ...['INADEQUATE_SECURITY', 'HTTP_1_1_REQUIRED'],
];

/** `PING`, or `type 0x1f` for one that nobody has defined. */
export const frameName = (type: number): string => FRAMES[type] ?? `type 0x${type.toString(16)}`;

/** `REFUSED_STREAM`, or `code 0x1f` for one that nobody has defined (RFC 9113, 7). */
export const errorName = (code: number): string => CODES[code] ?? `code 0x${code.toString(16)}`;

/** A number of four bytes at `offset`; 0 where they are not. */
export const uint32 = (bytes: Uint8Array, offset: number): number =>
  bytes.subarray(offset, offset + 4).reduce((sum, byte) => sum * 256 + byte, 0);

/** The values of a SETTINGS payload by their number. */
export const readSettings = (payload: Uint8Array): ReadonlyMap<number, number> =>
  new Map(
    Array.from({ length: Math.floor(payload.length / 6) }, (_, index) => {
      const [high = 0, low = 0] = payload.subarray(index * 6);
      return [high * 256 + low, uint32(payload, index * 6 + 2)] as const;
    }),
  );

/** Of a longer payload no more than this is kept: everything that is read here comes in the front of it. */
const KEPT_PAYLOAD = 1024;

type Listener = {
  /** As soon as the start of a frame is whole. What it throws, `push` throws. */
  readonly begin: (frame: Frame) => void;
  /** With the front of its payload; true for "no more". */
  readonly end: (frame: Frame, payload: Uint8Array) => boolean;
};

/** Takes bytes of one direction; answers how many of them were taken before the listener wanted no more. */
export type FrameReader = (bytes: Uint8Array) => number;

const startOf = (bytes: Uint8Array): Frame => {
  const [a = 0, b = 0, c = 0, type = 0, flags = 0] = bytes;
  return { length: a * 65_536 + b * 256 + c, type, flags, stream: uint32(bytes, 5) % 2 ** 31 };
};

/** Tells frames apart in what passes by, however it is cut; the first `skip` bytes are none. */
export const readFrames = (listener: Listener, skip = 0): FrameReader => {
  let ahead = skip;
  let start: Uint8Array = new Uint8Array();
  let frame: Frame | null = null;
  let payload: Uint8Array = new Uint8Array();
  let done = false;

  const take = (bytes: Uint8Array): number => {
    if (frame === null) {
      const taken = bytes.subarray(0, FRAME_START - start.length);
      start = Buffer.concat([start, taken]);
      if (start.length < FRAME_START) return taken.length;
      frame = startOf(start);
      ahead = frame.length;
      listener.begin(frame);
      return taken.length;
    }
    const taken = bytes.subarray(0, ahead);
    ahead -= taken.length;
    payload = Buffer.concat([payload, taken.subarray(0, KEPT_PAYLOAD - payload.length)]);
    return taken.length;
  };

  return (bytes) => {
    let offset = 0;
    if (frame === null && start.length === 0 && ahead > 0) {
      offset = Math.min(ahead, bytes.length);
      ahead -= offset;
    }
    while (offset < bytes.length && !done) {
      offset += take(bytes.subarray(offset));
      if (frame === null || ahead > 0) continue;
      done = listener.end(frame, payload);
      frame = null;
      start = new Uint8Array();
      payload = new Uint8Array();
    }
    return offset;
  };
};
