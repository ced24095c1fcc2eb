import { CouldNotLook } from '../probe.ts';
import type { Answer } from './answer.ts';
import { giveBackOwn } from './memory.ts';
import type { EngineContext } from './context.ts';
import { withCookies } from './cookie-header.ts';
import { jarFingerprint, storeCookies, type CookieJar } from './cookies.ts';
import { answerToChallenge, authorized } from './digest-challenge.ts';
import { exchange } from './exchange.ts';
import { headerValues } from './parse-head.ts';
import type { Chain, Hop } from './redirect-chain.ts';
import { failedHop, hopOf, stepsOf } from './redirect-hop.ts';
import { insideProblem, startClass, targetInsideProblem } from './redirect-inside.ts';
import { downgradeProblem, limitProblem } from './redirect-limits.ts';
import { readLocation, type RedirectProblem } from './redirect-location.ts';
import { diagnoseLoop, type Loop } from './redirect-loop.ts';
import { isRedirect, nextRequest } from './redirect-request.ts';
import { sumTimings } from './redirect-timings.ts';
import type { HttpRequest } from './request.ts';

/** Whether and how far redirects are followed. */
export type RedirectPolicy = {
  /** False reports a redirect as the answer that it is. */
  readonly follow: boolean;
  readonly max: number;
  readonly allowDowngrade: boolean;
  readonly allowPrivate: boolean;
  /** Origins, beside the first, to which configured headers, credentials and the body may go along. */
  readonly trust: readonly string[];
};

type Exchange = (request: HttpRequest, context: EngineContext) => Promise<Answer>;

/** The walk so far, before the next request is sent. */
type Walk = {
  readonly current: HttpRequest;
  readonly jar: CookieJar;
  readonly hops: readonly Hop[];
  /** Cycle keys of the requests sent, in order. */
  readonly keys: readonly string[];
  readonly withheld: readonly string[];
  readonly problem: RedirectProblem | null;
  /** The answer to a digest challenge, for the next request alone. */
  readonly authorization: string | null;
};

type End = Pick<Chain, 'answer'> & Partial<Pick<Chain, 'loop' | 'problem' | 'failure'>>;

/** Two requests with the same key get the same answer: method, URL without fragment, state of the cookies. */
const cycleKey = (request: HttpRequest, jar: CookieJar, nowMs: number): string => {
  const url = new URL(request.url);
  url.hash = '';
  return `${request.method} ${url.href}\n${jarFingerprint(jar, nowMs)}`;
};

type Onward = { readonly walk: Walk } | { readonly loop: Loop } | { readonly problem: RedirectProblem };

/**
 * Where the walk goes after a redirect. A downgrade is a problem, but is still followed for GET and HEAD, with nothing
 * secret on board: what looks like a downgrade is often one half of a loop, and the loop is the better diagnosis.
 */
const onward = (first: HttpRequest, walk: Walk, answer: Answer, policy: RedirectPolicy, nowMs: number): Onward => {
  const { current, hops } = walk;
  const read = readLocation(headerValues(answer.headers, 'location'), current.url, answer.status);
  if ('problem' in read) return read;
  const { url, userinfo } = read.target;
  const { request, withheld } = nextRequest(first, current, answer.status, url, policy.trust);
  const repeated = walk.keys.indexOf(cycleKey(request, walk.jar, nowMs));
  if (repeated >= 0) return { loop: diagnoseLoop(stepsOf(hops), repeated) };
  const [start] = hops;
  const guarded = !policy.allowPrivate && request.connectTo === null && start !== undefined;
  const inside = guarded ? targetInsideProblem(start, url) : null;
  if (inside !== null) return { problem: inside };
  if (hops.length > policy.max) return { problem: limitProblem([...hops.map((hop) => hop.url), url], policy.max) };
  const downgrade = policy.allowDowngrade ? null : downgradeProblem(current.url, url);
  if (downgrade !== null && request.method !== 'GET' && request.method !== 'HEAD') return { problem: downgrade };
  return {
    walk: {
      ...walk,
      authorization: null,
      current: guarded ? { ...request, redirectedFrom: startClass(start) } : request,
      withheld: [...walk.withheld, ...withheld, ...(userinfo ? ['userinfo'] : [])],
      problem: walk.problem ?? downgrade,
    },
  };
};

const finish = (walk: Walk, end: End): Chain => ({
  hops: walk.hops,
  answer: end.answer,
  loop: end.loop ?? null,
  problem: walk.problem ?? end.problem ?? null,
  failure: end.failure ?? null,
  withheld: [...new Set(walk.withheld)],
  timings: sumTimings(walk.hops.map(({ facts }) => facts)),
});

/** Sends the current request; a failure to look is part of the chain, anything else is a fault of ours. */
const send = async (
  request: HttpRequest,
  context: EngineContext,
  exchangeOnce: Exchange,
): Promise<Answer | CouldNotLook> => {
  try {
    return await exchangeOnce(request, context);
  } catch (error) {
    if (error instanceof CouldNotLook) return error;
    throw error;
  }
};

/** A name that leads further inside was not even connected to. */
const refused = (sent: Answer | CouldNotLook): RedirectProblem | null =>
  sent instanceof CouldNotLook && sent.code === 'redirect-private' ? { code: sent.code, message: sent.message } : null;

/**
 * Walks along redirects, one exchange a hop, until an answer that does not redirect, a loop (found at the repeat),
 * a redirect that should not be followed, or a failure. Never throws `CouldNotLook`: the chain carries it.
 */
export const followRedirects = (
  request: HttpRequest,
  policy: RedirectPolicy,
  context: EngineContext,
  exchangeOnce: Exchange = exchange,
): Promise<Chain> => {
  const { session = null } = context;
  const take = async (walk: Walk): Promise<Chain> => {
    const nowMs = context.now().getTime();
    const { current } = walk;
    const asked = authorized(current, walk.authorization);
    const sent = await send(withCookies(asked, walk.jar, nowMs), context, exchangeOnce);
    const hop = sent instanceof CouldNotLook ? failedHop(current, sent) : hopOf(current, sent);
    const keys = [...walk.keys, cycleKey(current, walk.jar, nowMs)];
    const taken: Walk = { ...walk, keys, hops: [...walk.hops, hop] };
    const [start] = walk.hops;
    const inside = policy.allowPrivate || start === undefined ? null : (refused(sent) ?? insideProblem(start, hop));
    if (sent instanceof CouldNotLook) return finish(taken, { answer: null, failure: sent, problem: inside });
    if (inside !== null) return finish(taken, { answer: sent, problem: inside });
    const jar = storeCookies(walk.jar, current.url, headerValues(sent.headers, 'set-cookie'), nowMs);
    if (session !== null) Object.assign(session, { jar, headers: sent.headers });
    const authorization = answerToChallenge(request, asked, sent, taken.hops);
    if (authorization !== null) {
      giveBackOwn(sent.body);
      return take({ ...taken, jar, authorization });
    }
    if (!policy.follow || !isRedirect(sent.status)) return finish(taken, { answer: sent });
    const next = onward(request, { ...taken, jar }, sent, policy, nowMs);
    if (!('walk' in next)) return finish(taken, { answer: sent, ...next });
    giveBackOwn(sent.body);
    return take(next.walk);
  };
  return take({
    current: request,
    jar: session?.jar ?? [],
    hops: [],
    keys: [],
    withheld: [],
    problem: null,
    authorization: null,
  });
};
