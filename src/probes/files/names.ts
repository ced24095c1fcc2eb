/**
 * Names of files are bytes, and not always text. Inside this folder a path is a string of one character for each byte
 * (latin1), so that every name that a system can hold comes back to it unchanged.
 */
export type RawPath = string;

const ASCII = /^[ -~]*$/;

/** A path of the config as the system wants it. */
export const toRaw = (path: string): RawPath =>
  ASCII.test(path) ? path : Buffer.from(path, 'utf8').toString('latin1');

/** A path for a call of the system. */
export const pathBytes = (raw: RawPath): Buffer => Buffer.from(raw, 'latin1');

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const decoded = (bytes: Uint8Array): string | null => {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
};

/** A path as text: UTF-8, or each byte that is not ASCII as `\xff` when it is something else. */
export const shownPath = (raw: RawPath): string => {
  if (ASCII.test(raw)) return raw;
  return (
    decoded(pathBytes(raw)) ??
    raw.replaceAll(/[^ -~]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
  );
};

/** A name as patterns see it: the same letters in the same code points, and a mark for each byte that is no text. */
export const matchedName = (raw: RawPath): string =>
  ASCII.test(raw) ? raw : (decoded(pathBytes(raw)) ?? pathBytes(raw).toString('utf8')).normalize('NFC');

/** The path of an entry of a folder. */
export const childOf = (folder: RawPath, name: RawPath): RawPath =>
  folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;

/** Whether a path is a folder or lies in it; both without links, `.` and `..`. */
export const isInside = (folder: RawPath, path: RawPath): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
