import { observe } from '../probes/observe.ts';
import type { ProbeWorld } from '../probes/probe.ts';
import { excerpt, visible } from '../report/encode/visible.ts';
import type { Answer, SendPorts } from './send.ts';

const LONGEST_SAID = 200;

/** Codes of trouble that may be over in a moment. */
const LASTING = /^(dns-nxdomain|dns-no-records|tls-|connect-unreachable|probe-crashed|redirect-)/;

/**
 * Posts a message over our own engine; redirects are not followed, so that no secret travels elsewhere. `redact` takes
 * secrets out of what is answered, and so is the way to the receiver, which may be one.
 */
export const makePost =
  (world: ProbeWorld, redact: (text: string) => string): SendPorts['post'] =>
  async ({ url, headers, json }, timeoutMs, signal): Promise<Answer> => {
    const harmless = (text: string): string => visible(withoutWay(redact(text), url));
    const spec = { url, method: 'POST', headers, json };
    const seen = await observe({ kind: 'http', spec, timeoutMs, asked: ['status', 'body'] }, world, signal);
    const { status, body } = seen.facts;
    if (typeof status === 'number') {
      const said = typeof body === 'string' ? excerpt(harmless(body.trim()), LONGEST_SAID) : '';
      return { kind: 'answered', status, retryAfterMs: retryAfterOf(seen.facts['headers']), said };
    }
    if (seen.state === 'observed') return { kind: 'no-answer', message: 'there was no answer', transient: true };
    return { kind: 'no-answer', message: harmless(seen.message), transient: !LASTING.test(seen.code) };
  };

/** Parts of an address that are shorter are names of something, and no secret. */
const SHORTEST_SECRET = 12;

const withoutWay = (text: string, url: string): string => {
  const { pathname, search } = new URL(url);
  const parts = [pathname + search, ...pathname.split('/'), ...search.split(/[?&=]/)];
  const secret = parts.filter(({ length }) => length >= SHORTEST_SECRET).toSorted((a, b) => b.length - a.length);
  return secret.reduce((left, part) => left.replaceAll(part, '***'), text);
};

/** `Retry-After` in seconds; a date is not worth waiting for here. */
const retryAfterOf = (headers: unknown): number | null => {
  const fields =
    headers !== null && typeof headers === 'object' && 'retry-after' in headers ? headers['retry-after'] : null;
  return typeof fields === 'string' && /^\d{1,6}$/.test(fields) ? Number(fields) * 1000 : null;
};
