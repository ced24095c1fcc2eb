import type { Answer } from './answer.ts';
import { digestAnswer } from './digest.ts';
import { headerValues } from './parse-head.ts';
import { givenHeader } from './request-bytes.ts';
import type { HttpRequest } from './request.ts';

/** A request with the answer to a challenge, if there is one. */
export const authorized = (request: HttpRequest, authorization: string | null): HttpRequest =>
  authorization === null ? request : { ...request, headers: [...request.headers, ['authorization', authorization]] };

/**
 * What answers the digest challenge of an answer; null when there is none to answer, or when the chain has left the
 * origin that the credentials are for.
 */
export const answerToChallenge = (
  first: HttpRequest,
  current: HttpRequest,
  sent: Answer,
  visited: readonly { readonly url: URL }[],
): string | null => {
  const { digest } = first;
  if (digest === undefined || sent.status !== 401 || givenHeader(current, 'authorization') !== null) return null;
  if (visited.some(({ url }) => url.origin !== first.url.origin)) return null;
  const { method, url, body } = current;
  const uri = `${url.pathname}${url.search}`;
  return digestAnswer(digest, headerValues(sent.headers, 'www-authenticate'), { method, uri, body });
};
