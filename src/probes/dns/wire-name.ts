import { BadMessage } from './bad-message.ts';

/** A domain name as its labels, one character a byte; the root has none. */
export type Labels = readonly string[];

const MOST_LABEL = 63;
const MOST_NAME = 255;
const POINTER = 0xc0;

/** The name as it travels, without compression. Null when it does not fit into the format. */
export const encodeName = (labels: Labels): Buffer | null => {
  const size = labels.reduce((sum, label) => sum + 1 + label.length, 1);
  const fits = size <= MOST_NAME && labels.every((label) => label.length > 0 && label.length <= MOST_LABEL);
  if (!fits) return null;
  return Buffer.concat([
    ...labels.flatMap((label) => [Buffer.from([label.length]), Buffer.from(label, 'latin1')]),
    Buffer.from([0]),
  ]);
};

/**
 * Reads a name and where it ends. A pointer must lead before everything that was read of the name so far, so that
 * reading ends; the whole is bounded at 255 bytes (RFC 1035, 4.1.4).
 */
export const decodeName = (message: Buffer, start: number): { readonly labels: Labels; readonly end: number } => {
  const labels: string[] = [];
  let at = start;
  let lowest = start;
  let end: number | null = null;
  let size = 1;
  for (;;) {
    const length = message[at];
    if (length === undefined) throw new BadMessage('a name goes past the end');
    if (length === 0) return { labels, end: end ?? at + 1 };
    if (length >= POINTER) {
      const low = message[at + 1];
      if (low === undefined) throw new BadMessage('a name goes past the end');
      end ??= at + 2;
      at = ((length & 0x3f) << 8) | low;
      if (at >= lowest) throw new BadMessage('a compressed name points forward or to itself');
      lowest = at;
      continue;
    }
    if (length > MOST_LABEL) throw new BadMessage('a label has a type that is not known');
    size += 1 + length;
    if (size > MOST_NAME) throw new BadMessage('a name is longer than 255 bytes');
    if (at + 1 + length > message.length) throw new BadMessage('a name goes past the end');
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
};

const escaped = (label: string): string =>
  label.replaceAll(/[^!-~]|[.\\"]/g, (character) =>
    /[.\\"]/.test(character) ? `\\${character}` : `\\${(character.codePointAt(0) ?? 0).toString().padStart(3, '0')}`,
  );

/** The name as text in lower case, without a last dot; `.` for the root. Other characters as zone files write them. */
export const showName = (labels: Labels): string =>
  labels.length === 0 ? '.' : labels.map((label) => escaped(label).toLowerCase()).join('.');
