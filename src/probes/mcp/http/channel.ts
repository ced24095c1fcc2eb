import type { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { ProbeContext } from '../../probe.ts';
import type { Channel } from '../channel.ts';
import type { Library } from '../client.ts';
import { untilAborted } from '../deadline.ts';
import { newHalt, type Halt } from '../halt.ts';
import type { Traffic } from '../traffic.ts';
import { fetchOver } from './fetch.ts';
import { wireFacts } from './wire-facts.ts';
import { openWire, type RequestBase, type Seen } from './wire.ts';

/** Streamable HTTP. `eraIsOpen` is whether a failure over the era probe may mean the older era. */
export const openHttp = (
  library: Library,
  url: URL,
  base: RequestBase,
  context: ProbeContext,
  rules: { readonly traffic: Traffic; readonly eraIsOpen: boolean },
): Channel => {
  const halt = newHalt(context.signal);
  const wire = openWire(base, context);
  const calls = new Map<string, Halt>();
  const fetch = fetchOver(wire, (span) => calls.get(span) ?? halt, rules);
  let latest: StreamableHTTPClientTransport | null = null;
  let seen: Seen | null = null;
  return {
    transport: 'http',
    line: () => (latest = new library.StreamableHTTPClientTransport(url, { fetch })),
    signal: halt.signal,
    stopped: halt.stopped,
    scope: (span, within) => {
      const call = newHalt(AbortSignal.any([halt.signal, within]));
      calls.set(span, call);
      return {
        signal: call.signal,
        stopped: () => halt.stopped() ?? call.stopped(),
        release: () => {
          call.seal();
          calls.delete(span);
        },
      };
    },
    answered: () => true,
    diedOfProbe: () => false,
    unfinished: () => '',
    facts: () => ({ transport: 'http', ...wireFacts(seen ?? wire.last()), ...rules.traffic.facts() }),
    leave: async (brief) => {
      halt.seal();
      // What a server says to our goodbye is no part of what was looked at.
      seen ??= wire.last();
      if (latest?.sessionId !== undefined) await untilAborted(latest.terminateSession(), brief).catch(() => {});
      wire.close();
    },
  };
};
