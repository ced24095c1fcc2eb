const CUT = '…';

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** A target's text for a message or fact: control, format and unassigned characters escaped, cut at `limit` characters. */
export const printable = (text: string, limit: number): string => {
  const short = text.length > limit ? `${text.slice(0, limit)}${CUT}` : text;
  return short.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped);
};

const NAMED: ReadonlyMap<number, string> = new Map([
  [0x09, String.raw`\t`],
  [0x0a, String.raw`\n`],
  [0x0d, String.raw`\r`],
  [0x5c, '\\\\'],
]);

const byteText = (byte: number): string =>
  NAMED.get(byte) ??
  (byte >= 0x20 && byte < 0x7f ? String.fromCodePoint(byte) : `\\x${byte.toString(16).padStart(2, '0')}`);

/** At most `limit` bytes of a target, for a message: ASCII as it is, everything else escaped. */
export const printableBytes = (bytes: Uint8Array, limit: number): string =>
  `${Array.from(bytes.subarray(0, limit), byteText).join('')}${bytes.length > limit ? CUT : ''}`;

/** A limit or count of bytes as it is written in checks: `64 KiB`, `10 MiB`, `1000 bytes`. */
export const byteSize = (bytes: number): string => {
  const MiB = 1024 * 1024;
  if (bytes >= MiB && bytes % MiB === 0) return `${bytes / MiB} MiB`;
  if (bytes >= 1024 && bytes % 1024 === 0) return `${bytes / 1024} KiB`;
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
};
