import type { Facts } from '../../model/observation.ts';
import { CouldNotLook } from '../probe.ts';
import { chainText, type Chain } from '../engine/redirect-chain.ts';
import { shownUrl } from '../engine/redirect-shown-url.ts';

/**
 * Why a chain is no answer: a loop first, then a redirect that should not be followed, then a hop that failed.
 * Null when there is an answer to judge.
 */
export const chainFailure = (chain: Chain, facts: Facts): CouldNotLook | null => {
  if (chain.loop !== null) return new CouldNotLook('redirect-loop', `redirect loop: ${chain.loop.text}`, facts);
  const redirected = chain.hops.length > 1;
  if (chain.problem !== null) {
    const path = redirected ? ` (${chainText(chain)})` : '';
    return new CouldNotLook(chain.problem.code, `${chain.problem.message}${path}`, facts);
  }
  const last = chain.hops.at(-1);
  if (chain.failure === null || last === undefined) return null;
  const count = chain.hops.length - 1;
  const where = redirected ? `after ${count} redirect${count === 1 ? '' : 's'}, at ${shownUrl(last.url)}: ` : '';
  const { failure } = chain;
  return new CouldNotLook(failure.code, `${where}${failure.message}`, facts, { cause: failure });
};
