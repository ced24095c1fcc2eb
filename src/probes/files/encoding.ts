/** How the bytes of a file become text. */
export type Encoding = {
  readonly name: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** What packed it, when it is packed: its text cannot be seen. */
  readonly packed: string | null;
  /** The next bytes as UTF-8, without a byte order mark. */
  readonly decode: (bytes: Buffer) => Buffer;
  readonly marked: boolean;
};

const MAGIC: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
];

const begins = (bytes: Buffer, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);

const utf16 = (name: 'utf-16le' | 'utf-16be'): Encoding => {
  const decoder = new TextDecoder(name);
  return { name, packed: null, marked: true, decode: (bytes) => Buffer.from(decoder.decode(bytes, { stream: true })) };
};

/** Tells by the first bytes of a file. Without a mark it is UTF-8, or near enough to look for patterns in it. */
export const encodingOf = (first: Buffer): Encoding => {
  if (begins(first, [0xff, 0xfe])) return utf16('utf-16le');
  if (begins(first, [0xfe, 0xff])) return utf16('utf-16be');
  const [packed = null] = MAGIC.find(([, magic]) => begins(first, magic)) ?? [];
  const marked = begins(first, [0xef, 0xbb, 0xbf]);
  let mark = marked ? 3 : 0;
  const decode = (bytes: Buffer): Buffer => {
    const rest = bytes.subarray(mark);
    mark = 0;
    return rest;
  };
  return { name: 'utf-8', packed, marked, decode };
};
