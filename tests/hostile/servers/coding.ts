import zlib from 'node:zlib';
import { asked, fails, passes, type Behaviour } from '../behaviour.ts';
import { healthy, JSON_TYPE, OK, sends, whole, wire } from './wire.ts';

const TEXT = Buffer.from('{"status":"pass"}');
const GZIP = zlib.gzipSync(TEXT);
const LONG = zlib.gzipSync(Buffer.from('{"status":"pass"} '.repeat(2000)));

const coded = (codings: string, body: Uint8Array): Uint8Array =>
  whole(body, [JSON_TYPE, ...codings.split('|').map((coding) => `Content-Encoding: ${coding}`)]);

const changed = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(copy.length + at) ^ 0xff, copy.length + at);
  return copy;
};

const MIB = 1024 * 1024;
const tooLarge = fails('body-limit', /^the decoded body is over 10 MiB$/);
const wrong = (cause: RegExp) => fails('decode-error', cause);

/** 256 MiB of zeros, compressed piece by piece. */
const bomb = async (compressor: zlib.Gzip | zlib.BrotliCompress | zlib.ZstdCompress): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  compressor.on('data', (piece: Uint8Array) => pieces.push(piece));
  const zeros = Buffer.alloc(MIB);
  for (let count = 0; count < 256; count += 1) {
    await new Promise<void>((resolve) => compressor.write(zeros, () => resolve()));
  }
  await new Promise<void>((resolve) => compressor.once('end', resolve).end());
  return Buffer.concat(pieces);
};

const QUICK = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } };

const bombs = (
  [
    ['gzip', () => zlib.createGzip({ level: 1 })],
    ['deflate', () => zlib.createDeflate({ level: 1 })],
    ['br', () => zlib.createBrotliCompress(QUICK)],
    ['zstd', () => zlib.createZstdCompress()],
  ] as const
).map(([coding, make]): Behaviour => ({
  name: `bomb-${coding}`,
  row: 'H3',
  healthy: 'may',
  expected: tooLarge,
  open: async (stage) => {
    const answer = coded(coding, await bomb(make()));
    return { url: `http://127.0.0.1:${await stage.tcp((socket) => socket.end(answer))}/` };
  },
}));

const twice = zlib.gzipSync(zlib.gzipSync(Buffer.alloc(64 * MIB), { level: 9 }), { level: 9 });

/** Content-codings: bombs and chains (H3), broken and mislabelled ones (H4). */
export const coding: readonly Behaviour[] = [
  ...bombs,
  sends(['bomb-in-bomb', 'H3', 'may'], tooLarge, coded('gzip, gzip', twice)),
  sends(
    ['three-codings', 'H3', 'may'],
    wrong(/^too many content-codings: 3, and 2 are allowed$/),
    coded('gzip, gzip, gzip', zlib.gzipSync(zlib.gzipSync(GZIP))),
  ),
  sends(
    ['codings-in-three-headers', 'H3', 'may'],
    wrong(/^too many content-codings: 3, and 2 are allowed$/),
    coded('gzip|gzip|gzip', zlib.gzipSync(zlib.gzipSync(GZIP))),
  ),
  sends(
    ['thousand-codings', 'H3', 'never'],
    wrong(/^too many content-codings: 1000, and 2 are allowed$/),
    coded(Array.from({ length: 1000 }, () => 'gzip').join(', '), GZIP),
  ),
  sends(['two-codings', 'H3', 'may'], passes, coded('gzip, br', zlib.brotliCompressSync(GZIP)), asked),

  sends(['gzip-truncated', 'H4', 'never'], wrong(/^the gzip body is truncated$/), coded('gzip', LONG.subarray(0, 60))),
  sends(
    ['gzip-without-trailer', 'H4', 'never'],
    wrong(/^the gzip body is truncated$/),
    coded('gzip', GZIP.subarray(0, -8)),
    asked,
  ),
  sends(
    ['gzip-wrong-crc', 'H4', 'never'],
    wrong(/^the gzip body is corrupt: its CRC does not match$/),
    coded('gzip', changed(GZIP, -8)),
  ),
  sends(
    ['gzip-wrong-length', 'H4', 'never'],
    wrong(/^the gzip body is corrupt: its length does not match$/),
    coded('gzip', changed(GZIP, -4)),
  ),
  sends(['gzip-on-plain-text', 'H4', 'never'], wrong(/^the body is not valid gzip$/), coded('gzip', TEXT)),
  sends(
    ['gzip-of-nothing', 'H4', 'never'],
    wrong(/^the gzip body is truncated$/),
    `${OK}Content-Encoding: gzip\r\n\r\n`,
  ),
  sends(
    ['gzip-two-members', 'H4', 'may'],
    wrong(/^a second gzip member follows the first, which clients read differently$/),
    coded('gzip', Buffer.concat([GZIP, GZIP])),
  ),
  sends(
    ['gzip-bytes-after', 'H4', 'may'],
    wrong(/^bytes follow the gzip body$/),
    coded('gzip', Buffer.concat([GZIP, wire('trailing')])),
  ),
  sends(
    ['deflate-truncated', 'H4', 'never'],
    wrong(/^the deflate body is truncated$/),
    coded('deflate', zlib.deflateSync(TEXT).subarray(0, -4)),
  ),
  sends(['deflate-raw', 'H4', 'may'], passes, coded('deflate', zlib.deflateRawSync(TEXT)), asked),
  sends(
    ['br-truncated', 'H4', 'never'],
    wrong(/^the br body is truncated$/),
    coded('br', zlib.brotliCompressSync(TEXT).subarray(0, -2)),
  ),
  sends(
    ['br-on-plain-text', 'H4', 'never'],
    wrong(/^the body is not valid br$/),
    coded('br', wire('\u00ff'.repeat(40))),
  ),
  sends(
    ['zstd-truncated', 'H4', 'never'],
    wrong(/^the zstd body is truncated$/),
    coded('zstd', zlib.zstdCompressSync(TEXT).subarray(0, -4)),
  ),
  sends(
    ['coding-unknown', 'H4', 'never'],
    wrong(/^unknown content-coding `xyz`$/),
    whole(healthy, ['Content-Encoding: xyz']),
  ),
  sends(['coding-unasked', 'H4', 'may'], wrong(/^the content-coding gzip was not asked for$/), coded('gzip', GZIP), {
    spec: { headers: { 'accept-encoding': 'identity' } },
  }),
];
