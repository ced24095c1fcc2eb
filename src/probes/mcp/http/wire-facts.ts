import type { Facts } from '../../../model/observation.ts';
import { connectionFacts } from '../../engine/facts.ts';
import { shownReference } from '../../engine/redirect-shown-url.ts';
import { cut } from '../../answer/bounds.ts';
import type { Seen } from './wire.ts';
import { headerOf } from './response.ts';

/** Response headers that are facts of their own. */
const SHOWN = ['content-type', 'location', 'www-authenticate', 'retry-after'];

/** What the last response showed below the protocol: status, some headers, connection and certificate. */
export const wireFacts = (seen: Seen | null): Facts => {
  if (seen === null) return {};
  const { timings: _perRequest, ...connection } = connectionFacts(seen.connection, seen.timings());
  const headers = SHOWN.flatMap((name): [string, string][] => {
    const value = headerOf(seen.head, name);
    return value === null ? [] : [[name, cut(name === 'location' ? shownReference(value) : value, 1000)]];
  });
  return { status: seen.head.status, ...Object.fromEntries(headers), ...connection };
};
