import { shownUrl } from './redirect-shown-url.ts';

/** What the members of a redirect loop have in common: usually the fault itself. */
export type LoopKind =
  'self' | 'scheme ping-pong' | 'www ping-pong' | 'slash ping-pong' | 'cross-host' | `cycle of ${number}`;

/** One request of a chain with the status that sent it on. */
export type Step = { readonly url: URL; readonly status: number };

/** A redirect loop: after the `tail`, the `members` repeat for ever. Addresses are masked for reports. */
export type Loop = {
  readonly kind: LoopKind;
  /** Requests in one round. */
  readonly length: number;
  readonly tail: readonly string[];
  readonly members: readonly string[];
  /** `https://a/ --308--> https://b/ --308--> https://a/  (loop of 2: cross-host)`. */
  readonly text: string;
};

const MOST_SHOWN = 12;

const withoutWww = (host: string): string => host.replace(/^www\./, '');
const withoutSlash = (path: string): string => path.replace(/\/$/, '');

const countOf = (members: readonly Step[], key: (url: URL) => string): number =>
  new Set(members.map(({ url }) => key(url))).size;

/** Names the loop by the least difference between its members: the first rule under which they are all alike. */
export const loopKind = (members: readonly Step[]): LoopKind => {
  const count = (key: (url: URL) => string): number => countOf(members, key);
  const alike = (key: (url: URL) => string): boolean => count(key) === 1;
  const origins = count((url) => url.origin);
  const schemes = count((url) => url.protocol);
  if (alike((url) => url.href)) return 'self';
  if (origins === schemes && alike((url) => url.hostname + url.pathname + url.search)) return 'scheme ping-pong';
  if (
    origins === count((url) => url.protocol + url.hostname) &&
    alike((url) => withoutWww(url.hostname) + url.pathname + url.search)
  ) {
    return 'www ping-pong';
  }
  if (alike((url) => url.origin + withoutSlash(url.pathname) + url.search)) return 'slash ping-pong';
  const oneHost = alike((url) => url.hostname) && origins === schemes;
  return oneHost ? `cycle of ${members.length}` : 'cross-host';
};

/** `a --301--> b --302--> ` for every step; the middle of a long list is left out. */
const arrows = (steps: readonly Step[]): string => {
  const shown = steps.map(({ url, status }) => `${shownUrl(url)} --${status}--> `);
  if (shown.length <= MOST_SHOWN) return shown.join('');
  const half = MOST_SHOWN / 2;
  return `${shown.slice(0, half).join('')}... (${shown.length - MOST_SHOWN} more) --> ${shown.slice(-half).join('')}`;
};

/** Diagnoses a loop: `steps` were requested in this order, and the last one leads back to the one at `start`. */
export const diagnoseLoop = (steps: readonly Step[], start: number): Loop => {
  const members = steps.slice(start);
  const first = members[0];
  const kind = loopKind(members);
  const name = kind.startsWith('cycle of') ? `loop of ${members.length}` : `loop of ${members.length}: ${kind}`;
  return {
    kind,
    length: members.length,
    tail: steps.slice(0, start).map(({ url }) => shownUrl(url)),
    members: members.map(({ url }) => shownUrl(url)),
    text: `${arrows(steps)}${first === undefined ? '' : shownUrl(first.url)}  (${name})`,
  };
};
