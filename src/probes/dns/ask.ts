import { randomInt } from 'node:crypto';
import { CouldNotLook } from '../probe.ts';
import { type Endpoint, showEndpoint } from '../tcp/endpoint.ts';
import { askTcp } from './ask-tcp.ts';
import { askUdp } from './ask-udp.ts';
import { encodeQuery, type DnsMessage } from './message.ts';
import { labelsOf, type Query, typeNumber } from './query.ts';
import type { Question, Reply } from './reply.ts';
import { rcodeName } from './types.ts';

export type Answered = {
  readonly message: DnsMessage;
  readonly server: string;
  readonly transport: 'udp' | 'tcp';
};

/** What asking has come to so far, for whoever has to tell why there is no answer. */
export type Tally = { ignored: number };

/** How long each round waits for each server. */
const ROUNDS_MS = [2000, 4000] as const;

/** Answers after which the next server may know better, as resolvers do. */
const WEAK: ReadonlySet<string> = new Set(['SERVFAIL', 'NOTIMP', 'REFUSED']);

const questionOf = (query: Query): Question => {
  const id = randomInt(0x1_00_00);
  const bytes = encodeQuery(id, labelsOf(query.name), typeNumber(query));
  if (bytes === null) throw new CouldNotLook('dns-nxdomain', `${query.name} is not a name that DNS can hold`);
  return { id, bytes, name: query.name, type: typeNumber(query) };
};

type Once = { readonly waitMs: number; readonly signal: AbortSignal; readonly tally: Tally };

type OneReply = { readonly reply: Reply; readonly transport: Answered['transport'] };

/** One server, once: over UDP, and over TCP when the answer did not fit. */
const askOnce = async (server: Endpoint, query: Query, once: Once): Promise<OneReply> => {
  const question = questionOf(query);
  const reply = await askUdp(server, question, once);
  if (reply.state !== 'answer' || !reply.message.truncated) return { reply, transport: 'udp' };
  const whole = await askTcp(server, question, once);
  const cut = whole.state === 'answer' && whole.message.truncated;
  return { reply: cut ? { state: 'broken', error: 'it is cut short over TCP as well' } : whole, transport: 'tcp' };
};

const troubleWith = (server: string, name: string, { reply, transport }: OneReply): CouldNotLook => {
  const who = transport === 'tcp' ? `${server}, whose answer over UDP was cut short,` : server;
  switch (reply.state) {
    case 'closed':
      return transport === 'tcp'
        ? new CouldNotLook('dns-refused', `${who} does not listen on TCP, where the rest of it would be`)
        : new CouldNotLook('dns-refused', `no name server answers at ${server}`);
    case 'broken':
      return new CouldNotLook('dns-servfail', `${who} gave no answer about ${name} that can be used: ${reply.error}`);
    default:
      return new CouldNotLook('dns-timeout', `${who} did not answer about ${name}`);
  }
};

const isWeak = ({ message }: Answered): boolean => WEAK.has(rcodeName(message.rcode));

/**
 * Asks servers in turn until one answers; a server that does not know is believed only when no other one does. Throws
 * `CouldNotLook` with the trouble of the first one, or the signal's reason.
 */
export const ask = async (
  servers: readonly Endpoint[],
  query: Query,
  { signal, tally }: { readonly signal: AbortSignal; readonly tally: Tally },
): Promise<Answered> => {
  let weak: Answered | null = null;
  let trouble: CouldNotLook | null = null;
  for (const waitMs of ROUNDS_MS) {
    let silent = false;
    for (const server of servers) {
      signal.throwIfAborted();
      const shown = showEndpoint(server);
      const one = await askOnce(server, query, { waitMs, signal, tally });
      if (one.reply.state !== 'answer') {
        silent ||= one.reply.state === 'silent';
        trouble ??= troubleWith(shown, query.name, one);
        continue;
      }
      const answered: Answered = { message: one.reply.message, server: shown, transport: one.transport };
      if (!isWeak(answered)) return answered;
      weak ??= answered;
    }
    if (weak !== null) return weak;
    if (!silent) break;
  }
  throw trouble ?? new CouldNotLook('probe-crashed', 'this machine has no name server');
};
