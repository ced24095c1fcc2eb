import type { Answer } from '../engine/answer.ts';
import type { Chain } from '../engine/redirect-chain.ts';
import type { CouldNotLook } from '../probe.ts';
import type { Spec } from './schema.ts';
import type { Walked } from './walk.ts';

/** A variant that came to an answer: no loop, no redirect problem, no failure. */
export type Finished = { readonly walked: Walked; readonly answer: Answer; readonly url: URL };

export type Failed = { readonly walked: Walked; readonly failure: CouldNotLook };

/** All variants by how they ended. `leftOut` says in words which ones do not count, and why. */
export type Endings = {
  readonly counted: readonly Walked[];
  readonly finished: readonly Finished[];
  readonly failed: readonly Failed[];
  readonly leftOut: readonly string[];
};

const isStraight = ({ loop, problem }: Chain): boolean => loop === null && problem === null;

const finishedOf = (walked: Walked): readonly Finished[] => {
  const { chain } = walked;
  const last = chain.hops.at(-1);
  return isStraight(chain) && chain.answer !== null && last !== undefined
    ? [{ walked, answer: chain.answer, url: last.url }]
    : [];
};

const failedOf = (walked: Walked): readonly Failed[] => {
  const { failure } = walked.chain;
  return failure === null || !isStraight(walked.chain) ? [] : [{ walked, failure }];
};

const NO_NAME = new Set<string>(['dns-nxdomain', 'dns-no-records']);
const NOT_THERE = new Set<string>(['connect-refused', 'connect-timeout', 'connect-unreachable']);

/** Why a variant does not count: a www that nobody named and that has no address, https that may be absent and is. */
const leftOutReason = ({ variant, chain }: Walked, spec: Spec): string | null => {
  if (chain.failure === null || chain.hops.length > 1) return null;
  if (variant.optional && NO_NAME.has(chain.failure.code)) {
    return `${variant.name}: ${variant.url.hostname} does not resolve`;
  }
  const httpsMayBeAbsent = spec.https === 'optional' && spec.variants === undefined && variant.name.startsWith('https');
  return httpsMayBeAbsent && NOT_THERE.has(chain.failure.code) ? `${variant.name}: https is not served` : null;
};

/** Sorts the variants by their end. When leaving some out would leave none, none is left out. */
export const endingsOf = (all: readonly Walked[], spec: Spec): Endings => {
  const judged = all.map((walked) => ({ walked, reason: leftOutReason(walked, spec) }));
  const counted = judged.filter(({ reason }) => reason === null).map(({ walked }) => walked);
  const walked = counted.length === 0 ? all : counted;
  return {
    counted: walked,
    finished: walked.flatMap(finishedOf),
    failed: walked.flatMap(failedOf),
    leftOut: counted.length === 0 ? [] : judged.flatMap(({ reason }) => (reason === null ? [] : [reason])),
  };
};
