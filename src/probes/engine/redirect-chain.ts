import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import type { CouldNotLook } from '../probe.ts';
import type { Answer, Timings } from './answer.ts';
import type { RedirectProblem } from './redirect-location.ts';
import type { Loop } from './redirect-loop.ts';
import { shownReference, shownUrl } from './redirect-shown-url.ts';

/** One request of a chain and what came of it. */
export type Hop = {
  readonly method: string;
  /** As requested, unmasked: `hopFacts` is what reports may show. */
  readonly url: URL;
  /** Null when no answer came. */
  readonly status: number | null;
  /** The `Location` as sent; null when there is none, or when the status does not redirect. */
  readonly location: string | null;
  /** `connectionFacts` of the answer, or the facts of the failure. */
  readonly facts: Facts;
  readonly setCookie: boolean;
};

/** A walk along redirects, to an answer or to where it could not go on. */
export type Chain = {
  readonly hops: readonly Hop[];
  /** Of the last hop; null when it failed. */
  readonly answer: Answer | null;
  readonly loop: Loop | null;
  /** The first redirect that should not be followed; a loop, when there is one, weighs more. */
  readonly problem: RedirectProblem | null;
  /** Why the last hop has no answer. */
  readonly failure: CouldNotLook | null;
  /** What did not cross an origin: names of headers, `body`, `cookies`, `userinfo`, `client-certificate`. */
  readonly withheld: readonly string[];
  /** Sums per phase over the hops; a phase that no hop reached is absent. */
  readonly timings: Timings;
};

const HOP_TLS = ['protocol', 'subject', 'valid-to', 'days-left', 'verified', 'cause', 'code'] as const;

/** Of a certificate only what tells one hop from another: names and chains may be long. */
const briefTls = (tls: JsonObject): JsonObject =>
  Object.fromEntries(
    HOP_TLS.flatMap((name) => {
      const value = tls[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );

/** A hop as reports show it: secrets in the URLs masked, what was not seen absent. */
export const hopFacts = (hop: Hop): Facts => ({
  method: hop.method,
  url: shownUrl(hop.url),
  ...(hop.status === null ? {} : { status: hop.status }),
  ...(hop.location === null ? {} : { location: shownReference(hop.location) }),
  ...(hop.facts['remote-address'] === undefined ? {} : { address: hop.facts['remote-address'] }),
  ...(isJsonObject(hop.facts['tls']) ? { tls: briefTls(hop.facts['tls']) } : {}),
  ...(hop.facts['timings'] === undefined ? {} : { timings: hop.facts['timings'] }),
  'set-cookie': hop.setCookie,
});

const labels = (hops: readonly Hop[]): readonly string[] =>
  hops.map(({ url, status }) => `${shownUrl(url)} --${status ?? 'no answer'}`);

/** The shortest run of hops that repeats at least twice up to the end, and how often; 0 when nothing repeats. */
const repetition = (items: readonly string[]): { readonly period: number; readonly times: number } => {
  for (let period = 1; period * 2 <= items.length; period += 1) {
    let same = 0;
    while (same + period < items.length && items.at(-1 - same) === items.at(-1 - same - period)) same += 1;
    const times = Math.floor(same / period) + 1;
    if (times >= 2) return { period, times };
  }
  return { period: 0, times: 1 };
};

/** The hops on one line, `https://a/ --308--> https://b/`; a run that repeats at the end is folded. */
export const chainText = (chain: Pick<Chain, 'hops' | 'loop'>): string => {
  if (chain.loop !== null) return chain.loop.text;
  const { hops } = chain;
  const last = hops.at(-1);
  if (last === undefined) return '';
  const { period, times } = repetition(labels(hops));
  const shown = times < 2 ? hops : hops.slice(0, hops.length - period * (times - 1));
  const text = shown.map((hop, index) =>
    index === shown.length - 1 ? shownUrl(hop.url) : `${shownUrl(hop.url)} --${hop.status ?? 'no answer'}--> `,
  );
  const end = last.status === null ? '' : `  (${last.status})`;
  return text.join('') + (times < 2 ? end : `  (${last.status}; the last ${period} repeat ${times} times)`);
};
