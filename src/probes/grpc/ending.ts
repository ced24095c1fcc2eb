import type { Head } from '../engine/answer.ts';
import { headerValues, invalidResponse } from '../engine/parse-head.ts';
import { printable } from '../engine/printable.ts';
import { readCallMessage, readCallStatus } from './status.ts';

/** How a call ended. */
export type Ending = { readonly status: number; readonly message: string | null };

/** Everything of an answer that can tell how the call ended. */
export type Answered = {
  readonly head: Head;
  readonly trailers: Head['headers'];
  /** Bytes of the body. */
  readonly size: number;
};

const NAME = 'grpc-status';

/**
 * How a call ended: by its trailers, or by its only header section when nothing came behind that (`Trailers-Only`).
 * Throws `CouldNotLook` when the server does not say it, or says two things: then nothing that it said before counts.
 */
export const endingOf = ({ head, trailers, size }: Answered): Ending => {
  const only = trailers.length === 0 && size === 0;
  const fields = only ? head.headers : trailers;
  const told = [...new Set([...headerValues(head.headers, NAME), ...headerValues(trailers, NAME)])];
  const [text] = headerValues(fields, NAME);
  if (text === undefined) {
    const where = trailers.length === 0 ? 'it has no trailers' : 'its trailers have none';
    throw invalidResponse(`the call ended without ${NAME}: ${where}, so it is not known to have succeeded`);
  }
  if (told.length > 1) {
    const values = told.slice(0, 4).map((value) => printable(value, 20));
    throw invalidResponse(`${NAME} comes with different values: ${values.join(' and ')}`);
  }
  const status = readCallStatus(text);
  if (status === null) throw invalidResponse(`${NAME} is \`${printable(text, 40)}\`, which is no number`);
  const [message] = headerValues(fields, 'grpc-message');
  return { status, message: message === undefined || message === '' ? null : readCallMessage(message) };
};
