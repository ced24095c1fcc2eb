import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { CouldNotLook } from '../probe.ts';
import type { Spec } from './schema.ts';

/** A body that is made up already, with the content type that it needs. */
export type EncodedBody = { readonly bytes: Uint8Array; readonly type: string };

type Fields = NonNullable<Spec['multipart']>;
type Field = Fields[string];
type FileField = Exclude<Field, string | number | boolean>;

/** More than that is no smoke test. */
const MOST_BYTES = 10 * 1024 * 1024;

/**
 * The fields as `multipart/form-data` (RFC 7578; names are escaped as in the HTML standard), in the order in which they
 * are written; paths start at `folder`. Throws `CouldNotLook` when a file cannot be read, or all of it is more than 10 MiB.
 */
export const encodeMultipart = async (fields: Fields, folder: string): Promise<EncodedBody> => {
  const parts: (readonly [head: string, content: Uint8Array])[] = [];
  let total = 0;
  for (const [name, field] of Object.entries(fields)) {
    const content = typeof field === 'object' ? await readPart(field.file, folder) : Buffer.from(String(field));
    total += content.length;
    if (total > MOST_BYTES) throw unreadable(`the form is larger than ${MOST_BYTES} bytes`);
    parts.push([headOf(name, field), content]);
  }
  const boundary = boundaryFor(parts.map(([, content]) => content));
  const chunks = parts.flatMap(([head, content]) => [Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), content, CRLF]);
  const bytes = Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
  return { bytes, type: `multipart/form-data; boundary=${boundary}` };
};

const CRLF = Buffer.from('\r\n');

const headOf = (name: string, field: Field): string => {
  const disposition = `Content-Disposition: form-data; name="${escaped(name)}"`;
  if (typeof field !== 'object') return disposition;
  const file = `; filename="${escaped(field.name ?? basename(field.file))}"`;
  return `${disposition}${file}\r\nContent-Type: ${field.type ?? 'application/octet-stream'}`;
};

const escaped = (name: string): string => name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** The same for the same content, and in none of it. */
const boundaryFor = (contents: readonly Uint8Array[]): string => {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(String(content.length)).update(content);
  return `gonogo-${hash.digest('hex').slice(0, 32)}`;
};

const readPart = async (path: FileField['file'], folder: string): Promise<Buffer> => {
  // Without waiting, for nobody may ever write to a named pipe.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK;
  const handle = await open(resolve(folder, path), flags).catch((error: unknown) => {
    throw unreadable(`the file ${path} cannot be read`, error);
  });
  try {
    const found = await handle.stat();
    const { size } = found;
    if (!found.isFile()) throw unreadable(`${path} is no file`);
    if (size > MOST_BYTES) throw unreadable(`the file ${path} is larger than ${MOST_BYTES} bytes`);
    const buffer = Buffer.alloc(size);
    const { bytesRead } = await handle.read(buffer, 0, size, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

const unreadable = (what: string, cause?: unknown): CouldNotLook =>
  new CouldNotLook('not-run', `multipart: ${what}`, {}, cause === undefined ? {} : { cause });
