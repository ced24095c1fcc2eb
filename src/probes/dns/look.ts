import type { Facts } from '../../model/observation.ts';
import { CouldNotLook, type Look, type ProbeContext } from '../probe.ts';
import { type Endpoint, showEndpoint } from '../tcp/endpoint.ts';
import { ask, type Answered, type Tally } from './ask.ts';
import { compareRecords, readExpected } from './expected.ts';
import { followAnswer } from './follow.ts';
import { type Query, readQuery } from './query.ts';
import { findServers } from './servers.ts';
import type { Spec } from './schema.ts';
import { rcodeName } from './types.ts';

const MOST_ALIASES = 8;
/** How long the aliases of a failed name are looked for, which only makes the reason better. */
const WALK_MS = 1000;

/** Asks for the aliases of a name one by one, for a server that says no more than that it failed. */
const walkAliases = async (servers: readonly Endpoint[], name: string, signal: AbortSignal) => {
  const names: string[] = [];
  while (names.length < MOST_ALIASES) {
    const query: Query = { name: names.at(-1) ?? name, type: 'CNAME' };
    const { message } = await ask(servers, query, { signal, tally: { ignored: 0 } });
    const [next] = followAnswer(message.answers, query).records;
    if (next === undefined) return { names, loop: false };
    const loop = next === name || names.includes(next);
    names.push(next);
    if (loop) return { names, loop };
  }
  return { names, loop: false };
};

const aliasesOf = async (query: Query, answered: Answered, servers: readonly Endpoint[], signal: AbortSignal) => {
  const { aliases, loop } = followAnswer(answered.message.answers, query);
  const failed = rcodeName(answered.message.rcode) === 'SERVFAIL' && query.type !== 'CNAME';
  if (!failed || aliases.length > 0) return { names: aliases, loop };
  const brief = AbortSignal.any([signal, AbortSignal.timeout(WALK_MS)]);
  return walkAliases(servers, query.name, brief).catch(() => ({ names: [], loop: false }));
};

const recordFacts = (spec: Spec, query: Query, { message, server, transport }: Answered): Facts => {
  const { records, ttl } = followAnswer(message.answers, query);
  const expected = readExpected(spec);
  return {
    rcode: rcodeName(message.rcode),
    records,
    count: records.length,
    ...(ttl === null ? {} : { ttl: ttl * 1000 }),
    ...(expected === null ? {} : { ...compareRecords(records, expected) }),
    authoritative: message.authoritative,
    server,
    transport,
  };
};

/** What a wait that was cut short by the deadline comes to; the signal's own reason when the run stops. */
const cutShort = (
  error: unknown,
  servers: readonly Endpoint[],
  query: Query,
  tally: Tally,
  { signal, timeoutMs }: ProbeContext,
): unknown => {
  if (error instanceof CouldNotLook) return withIgnored(error, tally);
  const deadline = signal.aborted && signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  if (!deadline) return error;
  const who = servers.map(showEndpoint).join(', ');
  const message = `timed out after ${(timeoutMs / 1000).toFixed(1)} s in dns: ${who} did not answer about ${query.name}`;
  return withIgnored(new CouldNotLook('dns-timeout', message, {}, { cause: error }), tally);
};

const withIgnored = (error: CouldNotLook, { ignored }: Tally): CouldNotLook => {
  if (ignored === 0) return error;
  const what = ignored === 1 ? '1 datagram was' : `${ignored} datagrams were`;
  const message = `${error.message}; ${what} ignored: another id, or the answer to another question`;
  return new CouldNotLook(error.code, message, error.facts, { cause: error });
};

/** Asks once and reports the whole answer, whatever it says. */
export const look: Look<Spec> = async (spec, context) => {
  const { signal, monotonicMs } = context;
  const query = readQuery(spec);
  if (query === null) throw new Error(`${spec.name} is not a name that DNS can hold`);
  const tally: Tally = { ignored: 0 };
  let servers: readonly Endpoint[] = [];
  try {
    servers = await findServers(spec.server, signal);
    const startedMs = monotonicMs();
    const answered = await ask(servers, query, { signal, tally });
    const duration = Math.round((monotonicMs() - startedMs) * 1000) / 1000;
    const { names, loop } = await aliasesOf(query, answered, servers, signal);
    return {
      ...recordFacts(spec, query, answered),
      ...(names.length === 0 ? {} : { cname: names }),
      ...(loop ? { 'cname-loop': [query.name, ...names].join(' -> ') } : {}),
      duration,
    };
  } catch (error) {
    throw cutShort(error, servers, query, tally, context);
  }
};
