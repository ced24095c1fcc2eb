import { CouldNotLook } from '../probe.ts';
import type { Head } from './answer.ts';
import { headerValues, invalidResponse } from './parse-head.ts';
import { byteSize, printable } from './printable.ts';
import type { Limits } from './request.ts';

/** How the end of a body is told (RFC 9112, 6.3). */
export type Framing =
  | { readonly kind: 'none'; readonly because: string }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

const shown = (text: string): string => `\`${printable(text, 40)}\``;

/** The length as digits: it may be more than a number can hold. */
const contentLength = (head: Head): string | null => {
  const values = headerValues(head.headers, 'content-length').flatMap((value) =>
    value.split(',').map((part) => part.trim()),
  );
  const [first] = values;
  if (first === undefined) return null;
  const wrong = values.find((value) => !/^\d+$/.test(value));
  if (wrong !== undefined) throw invalidResponse(`Content-Length ${shown(wrong)} is not a number`);
  if (values.some((value) => BigInt(value.slice(0, 40)) !== BigInt(first.slice(0, 40)))) {
    throw invalidResponse(`two different Content-Lengths: ${values.slice(0, 2).map(shown).join(' and ')}`);
  }
  return first;
};

const isChunked = (head: Head): boolean => {
  const values = headerValues(head.headers, 'transfer-encoding');
  if (values.length === 0) return false;
  const codings = values.flatMap((value) => value.split(',').map((part) => part.trim().toLowerCase()));
  if (head.httpVersion === '1.0') throw invalidResponse('Transfer-Encoding in an HTTP/1.0 response');
  if (codings.includes('chunked') && codings.at(-1) !== 'chunked') {
    throw invalidResponse(`chunked is not the last Transfer-Encoding: ${shown(values.join(', '))}`);
  }
  const unknown = codings.length === 1 && codings[0] === 'chunked' ? null : values.join(', ');
  if (unknown !== null) throw invalidResponse(`Transfer-Encoding ${shown(unknown)} was not asked for`);
  return true;
};

const bodiless = (method: string, status: number): string | null => {
  if (method === 'HEAD') return 'the answer to HEAD';
  return status === 204 || status === 304 ? `a ${status} response` : null;
};

/** Reads the framing out of the head; everything that two parsers could read differently is refused. */
export const bodyFraming = (method: string, head: Head, limits: Limits): Framing => {
  const length = contentLength(head);
  const chunked = isChunked(head);
  if (chunked && length !== null) throw invalidResponse('both Content-Length and Transfer-Encoding');
  if (head.status === 204 && (chunked || Number(length) > 0)) {
    throw invalidResponse(`a 204 response announces a body (${chunked ? 'chunked' : `Content-Length ${length}`})`);
  }
  const because = bodiless(method, head.status);
  if (because !== null) return { kind: 'none', because };
  if (chunked) return { kind: 'chunked' };
  if (length === null) return { kind: 'until-close' };
  if (Number(length) > limits.wireBodyBytes) {
    const announced = `Content-Length is ${printable(length, 40)}`;
    throw new CouldNotLook('body-limit', `the body is over ${byteSize(limits.wireBodyBytes)}: ${announced}`);
  }
  return { kind: 'length', length: Number(length) };
};
