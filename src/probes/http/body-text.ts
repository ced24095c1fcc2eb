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

/** How far one reading goes: a hostile body is searched in a few of them, and none of its text is kept. */
const STEPS = [64 * 1024, 256, 1] as const;

/** How many bytes decode before the first that does not: in large steps, then again in smaller ones from where they end. */
const goodBytes = (bytes: Uint8Array, charset: string): number => {
  let good = 0;
  for (const step of STEPS) {
    const reader = decoder(charset);
    let at = 0;
    try {
      while (at < bytes.length) {
        const next = Math.min(bytes.length, at < good ? Math.min(good, at + STEPS[0]) : at + step);
        reader?.decode(bytes.subarray(at, next), { stream: true });
        at = next;
      }
    } catch {
      // The first bad byte lies in this step.
    }
    good = at;
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
