import { TextDecoder } from 'node:util';

/** A body as text, or one sentence that says why it is not. */
export type TextReading =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string };

const charsetOf = (contentType: string): string => {
  const match = /;\s*charset\s*=\s*("?)([^";\s]+)\1/i.exec(contentType);
  return (match?.[2] ?? 'utf-8').toLowerCase();
};

const decoder = (charset: string): TextDecoder | null => {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    return null;
  }
};

const decodes = (bytes: Uint8Array, charset: string): boolean => {
  try {
    decoder(charset)?.decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
};

/** How many bytes decode before the first that does not, by bisection. */
const goodBytes = (bytes: Uint8Array, charset: string): number => {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(bytes.subarray(0, middle), charset)) good = middle;
    else bad = middle;
  }
  return good;
};

/**
 * Decodes a body by the charset of its Content-Type, UTF-8 when none is declared. Nothing is replaced: one bad byte and
 * there is no text. A byte order mark at the start is dropped.
 */
export const readText = (bytes: Uint8Array, contentType: string): TextReading => {
  const charset = charsetOf(contentType);
  const reader = decoder(charset);
  if (reader === null) return { ok: false, problem: `the charset "${charset.slice(0, 40)}" is not known` };
  try {
    return { ok: true, text: reader.decode(bytes) };
  } catch {
    return { ok: false, problem: `the body is not valid ${charset} at byte ${goodBytes(bytes, charset)}` };
  }
};
