import { printable, printableBytes } from '../engine/printable.ts';

const MOST_BYTES = 4096;

/** Null when it is not UTF-8; a last character that was cut is left out. */
const decoded = (bytes: Uint8Array, cut: boolean): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut });
  } catch {
    return null;
  }
};

/**
 * At most 4 KiB of what a peer sent, as text: lines without their ends, separated by a line feed; control characters
 * escaped. Bytes that are not UTF-8 are shown one by one.
 */
export const visibleText = (bytes: Uint8Array): string => {
  const cut = bytes.length > MOST_BYTES;
  const text = decoded(bytes.subarray(0, MOST_BYTES), cut);
  if (text === null) return printableBytes(bytes, MOST_BYTES);
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const shown = lines.map((line) => printable(line, MOST_BYTES)).join('\n');
  return cut ? `${shown}…` : shown;
};
