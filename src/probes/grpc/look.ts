import type { Facts } from '../../model/observation.ts';
import type { Head } from '../engine/answer.ts';
import { connectionFacts } from '../engine/facts.ts';
import { type AskedOverHttp2, askOverHttp2 } from '../engine/http2-ask.ts';
import { type Journey, openLink } from '../engine/link.ts';
import { headerValues, invalidResponse } from '../engine/parse-head.ts';
import { byteSize } from '../engine/printable.ts';
import { ALIASES_MS } from '../engine/reach.ts';
import { connectionOf } from '../engine/trace.ts';
import { takeTurn } from '../engine/turn.ts';
import { within } from '../engine/within.ts';
import { unreachableFacts } from '../http/unreachable.ts';
import { CouldNotLook, type Look } from '../probe.ts';
import { watched } from '../tcp/watched.ts';
import { type Ending, endingOf } from './ending.ts';
import { readBody, unframed } from './frame.ts';
import { readServingStatus } from './health-message.ts';
import { callRequest } from './request.ts';
import { isGrpcType } from './status.ts';
import type { Spec } from './schema.ts';

/** What came of the call, filled in as it goes, so that a failure can tell it. */
type Seen = { head: Head | null; ending: Ending | null; serving: string | null };

const LONGEST_TYPE = 200;

const headerOf = (head: Head, name: string): string | null => headerValues(head.headers, name)[0] ?? null;

/** A page of a proxy ends no call: its body is not read. */
const isGrpc = (head: Head): boolean =>
  headerOf(head, 'grpc-status') !== null || isGrpcType(headerOf(head, 'content-type') ?? '');

const bodyOf = async ({ incoming }: AskedOverHttp2, { clock, trace }: Journey): Promise<Uint8Array> => {
  const reader = readBody();
  trace.progress = () => `${byteSize(reader.count())} of a message`;
  for (;;) {
    const piece = await incoming.next();
    if (piece === null) break;
    reader.push(piece);
  }
  clock.stop(incoming.arrivedAt() ?? undefined);
  return reader.whole();
};

const servingIn = (body: Uint8Array, head: Head): string => {
  const reading = readServingStatus(unframed(body, headerOf(head, 'grpc-encoding')));
  if (!reading.ok) throw invalidResponse(`the message is no HealthCheckResponse: it has ${reading.problem}`);
  return reading.status;
};

const call = async (journey: Journey, seen: Seen): Promise<void> => {
  const link = await openLink(journey);
  const asked = await askOverHttp2(link, journey);
  seen.head = asked.head;
  if (isGrpc(asked.head)) {
    const body = await bodyOf(asked, journey);
    seen.ending = endingOf({ head: asked.head, trailers: asked.trailers(), size: body.length });
    // Only a call that succeeded tells of the service, whatever its message says.
    if (seen.ending.status === 0 && asked.head.status === 200) seen.serving = servingIn(body, asked.head);
  }
  journey.clock.stop();
  await within(link.aliasesKnown, ALIASES_MS);
};

const seenFacts = (service: string, { head, ending, serving }: Seen): Facts => {
  const type = head === null ? null : headerOf(head, 'content-type');
  return {
    service,
    ...(serving === null ? {} : { health: { status: serving } }),
    ...(ending === null ? {} : { 'grpc-status': ending.status }),
    ...(ending === null || ending.message === null ? {} : { 'grpc-message': ending.message }),
    ...(head === null ? {} : { status: head.status }),
    ...(type === null ? {} : { 'content-type': type.slice(0, LONGEST_TYPE) }),
  };
};

/** The facts of a connection under the names of this kind: one peer, one duration. */
const named = (facts: Facts): Facts => {
  const { 'remote-address': address, timings, ...rest } = facts;
  return {
    ...rest,
    ...(address === undefined ? {} : { address }),
    ...unreachableFacts([facts]),
    ...(timings === undefined ? {} : { timings }),
    ...(typeof timings === 'object' && timings !== null && 'total' in timings ? { duration: timings.total } : {}),
  };
};

/** Calls `Check` of the health service once. What the call ended with is a fact; only a broken answer is thrown. */
export const look: Look<Spec> = async (spec, context) => {
  const seen: Seen = { head: null, ending: null, serving: null };
  const request = await callRequest(spec, context);
  await takeTurn('begin');
  try {
    return await watched(context, async ({ clock, trace }) => {
      await call({ request, context, clock, trace }, seen);
      const facts = connectionFacts(connectionOf(trace), clock.timings());
      return { ...seenFacts(spec.service ?? '', seen), ...named(facts) };
    });
  } catch (error) {
    if (!(error instanceof CouldNotLook)) throw error;
    const facts = { ...seenFacts(spec.service ?? '', seen), ...named(error.facts) };
    throw new CouldNotLook(error.code, error.message, facts, { cause: error });
  }
};
