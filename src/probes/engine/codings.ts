import { CouldNotLook } from '../probe.ts';
import type { Head } from './answer.ts';
import { headerValues } from './parse-head.ts';
import { printable } from './printable.ts';

export type Coding = 'gzip' | 'deflate' | 'br' | 'zstd';

/** What is sent when a request says nothing about codings: everything that can be decoded. */
export const ACCEPTED = 'gzip, deflate, br, zstd';

const MOST = 2;

const NAMES: ReadonlyMap<string, Coding> = new Map([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['br', 'br'],
  ['zstd', 'zstd'],
]);

const refused = (sentence: string): CouldNotLook => new CouldNotLook('decode-error', sentence);

/** Whether an Accept-Encoding allows a coding (RFC 9110, 12.5.3). */
export const isAccepted = (acceptEncoding: string, coding: Coding): boolean => {
  const weights = acceptEncoding.split(',').map((part) => {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    return { name, allowed: !parameters.some((text) => /^q=0(?:\.0*)?$/.test(text)) };
  });
  const own = weights.find(({ name }) => NAMES.get(name) === coding);
  return (own ?? weights.find(({ name }) => name === '*'))?.allowed ?? false;
};

/** The codings of a body in the order in which they were applied, over all headers together; at most two. */
export const contentCodings = (headers: Head['headers'], acceptEncoding: string): readonly Coding[] => {
  const names = headerValues(headers, 'content-encoding')
    .flatMap((value) => value.split(','))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > MOST) throw refused(`too many content-codings: ${names.length}, and ${MOST} are allowed`);
  return names.map((name) => {
    const coding = NAMES.get(name);
    if (coding === undefined) throw refused(`unknown content-coding \`${printable(name, 40)}\``);
    if (!isAccepted(acceptEncoding, coding)) throw refused(`the content-coding ${name} was not asked for`);
    return coding;
  });
};
