import { CouldNotLook } from '../probe.ts';
import type { Head } from './answer.ts';
import { printable, printableBytes } from './printable.ts';

const SHOWN = 40;
// oxlint-disable-next-line no-control-regex -- control characters are what is refused
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f]/;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** A response that breaks a rule of HTTP; the rule is the message. */
export const invalidResponse = (rule: string): CouldNotLook =>
  new CouldNotLook('invalid-response', `invalid response: ${rule}`);

const spoken = (bytes: Uint8Array): string => {
  const [first, second] = bytes;
  if ((first === 0x15 || first === 0x16) && (second === undefined || second === 0x03)) return 'this is TLS, not HTTP';
  if (bytes.length >= 9 && first === 0 && bytes[3] === 0x04) return 'this is HTTP/2, which was not asked for';
  return 'not HTTP';
};

/** For a peer that does not answer in HTTP: says in what, when that can be seen, and shows the first bytes. */
export const notHttp = (bytes: Uint8Array): CouldNotLook =>
  invalidResponse(`${spoken(bytes)}: first bytes \`${printableBytes(bytes, SHOWN)}\``);

const quoted = (text: string): string => `\`${printable(text, SHOWN)}\``;

/** `HTTP/1.1 200 OK`, by RFC 9112, 4, with two leniencies that every client has: reason and the space before it may lack. */
export const parseStatusLine = (line: string): Omit<Head, 'headers'> => {
  const parts = /^HTTP\/([^ ]*)(?: ([^ ]*)(?: (.*))?)?$/s.exec(line);
  const [, version = '', code = '', reason = ''] = parts ?? [];
  if (parts === null || !/^\d\.\d$/.test(version)) throw notHttp(Buffer.from(line, 'latin1'));
  if (version !== '1.0' && version !== '1.1') throw invalidResponse(`the version HTTP/${version} is not 1.0 or 1.1`);
  if (!/^\d{3}$/.test(code)) throw invalidResponse(`invalid status: ${quoted(code)} is not three digits`);
  const status = Number(code);
  if (status < 100 || status > 599) throw invalidResponse(`invalid status: ${code} is outside 100 to 599`);
  if (CONTROL.test(reason)) throw invalidResponse('a control character in the status line');
  return { status, statusText: reason, httpVersion: version };
};

/** `Name: value` by RFC 9110, 5: name in lower case, value without the white space around it, one character a byte. */
export const parseFieldLine = (line: string): readonly [name: string, value: string] => {
  if (/^[ \t]/.test(line)) throw invalidResponse('a folded header line (obs-fold)');
  const colon = line.indexOf(':');
  if (colon === -1) throw invalidResponse(`a header line without a colon: ${quoted(line)}`);
  const name = line.slice(0, colon);
  if (/[ \t]$/.test(name)) throw invalidResponse(`white space before the colon of header ${quoted(name.trimEnd())}`);
  if (!TOKEN.test(name)) throw invalidResponse(`the header name ${quoted(name)} is not a token`);
  const value = line.slice(colon + 1).replaceAll(/^[ \t]+|[ \t]+$/g, '');
  if (value.includes('\0')) throw invalidResponse(`a NUL in the value of header ${quoted(name)}`);
  if (CONTROL.test(value)) throw invalidResponse(`a control character in the value of header ${quoted(name)}`);
  return [name.toLowerCase(), value];
};

/** Every value of a header, in order of arrival; `name` in lower case. */
export const headerValues = (headers: Head['headers'], name: string): readonly string[] =>
  headers.filter(([candidate]) => candidate === name).map(([, value]) => value);
