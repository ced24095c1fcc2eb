import type { ReasonCode } from '../../model/reason-code.ts';
import { shownReference } from './redirect-shown-url.ts';

/** What is wrong with a redirect: one code, one sentence. */
export type RedirectProblem = { readonly code: ReasonCode; readonly message: string };

/** Where a redirect leads, without userinfo and fragment; `userinfo` tells that some was dropped. */
export type Target = { readonly url: URL; readonly userinfo: boolean };

const LONGEST_LOCATION = 8192;

const bad = (message: string): RedirectProblem => ({ code: 'redirect-bad-location', message });

/** Bytes above ASCII came as one character each: percent-encode them as the bytes that they were. */
const asAscii = (location: string): string =>
  location.replace(/[^\p{ASCII}]/gu, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return code <= 0xff ? `%${code.toString(16).toUpperCase()}` : encodeURIComponent(char);
  });

/** What is wrong with the text before it is parsed: a lenient parser would guess. */
const textProblem = (location: string): RedirectProblem | null => {
  if (location.trim() === '') return bad('the Location is empty');
  if (location.length > LONGEST_LOCATION) return bad(`the Location is ${location.length} characters long`);
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  if (/[\u0000-\u001f\u007f]/.test(location)) return bad('the Location contains a control character');
  if (/\\/.test(location.split(/[?#]/, 1)[0] ?? '')) {
    return bad(`the Location contains a backslash: ${shownReference(location)}`);
  }
  if (/^(https?:)?\/{3,}/i.test(location) || /^https?:(?!\/\/)/i.test(location)) {
    return bad(`the Location has the wrong number of slashes: ${shownReference(location)}`);
  }
  return null;
};

const parse = (location: string, base: URL): URL | null => {
  try {
    return new URL(asAscii(location), base);
  } catch {
    return null;
  }
};

/** Reads the `Location` of a redirect; `locations` are all the headers of that name, as sent. */
export const readLocation = (
  locations: readonly string[],
  base: URL,
  status: number,
): { readonly target: Target } | { readonly problem: RedirectProblem } => {
  const [location, second] = locations;
  if (location === undefined) {
    return { problem: { code: 'redirect-missing-location', message: `the answer ${status} has no Location` } };
  }
  if (second !== undefined) return { problem: bad(`the answer has ${locations.length} Location headers`) };
  const problem = textProblem(location);
  if (problem !== null) return { problem };
  const url = parse(location.trim(), base);
  if (url === null) return { problem: bad(`the Location is not a URL: ${shownReference(location)}`) };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const message = `the Location leads to the scheme "${url.protocol.slice(0, 40)}"`;
    return { problem: { code: 'redirect-bad-scheme', message } };
  }
  if (url.hostname === '' || url.port === '0') return { problem: bad('the Location names no host and port to go to') };
  const userinfo = url.username !== '' || url.password !== '';
  url.username = '';
  url.password = '';
  url.hash = '';
  return { target: { url, userinfo } };
};
