import type { Facts } from '../../model/observation.ts';
import type { Answer } from '../engine/answer.ts';
import { headerValues } from '../engine/parse-head.ts';
import { chainText, hopFacts, type Chain } from '../engine/redirect-chain.ts';
import { shownUrl } from '../engine/redirect-shown-url.ts';
import { readText } from './body-text.ts';
import { headerFacts } from './header-facts.ts';
import { readJson } from './json-text.ts';
import { unreachableFacts } from './unreachable.ts';

const bodyFacts = (answer: Answer): Facts => {
  const read = readText(answer.body, headerValues(answer.headers, 'content-type')[0] ?? '');
  if (!read.ok) return { 'body-problem': read.problem };
  const json = readJson(read.text);
  return { body: read.text, ...(json.ok ? { json: json.value } : {}) };
};

const answerFacts = (answer: Answer): Facts => ({
  status: answer.status,
  'status-text': answer.statusText,
  'http-version': answer.httpVersion,
  headers: headerFacts(answer.headers),
  ...bodyFacts(answer),
  size: answer.body.length,
  'wire-size': answer.wireBytes,
  'extra-bytes': answer.extraBytes,
});

/**
 * Everything that a chain shows, under the names of `httpFactTable`. The answer is that of the last hop. `duration` is
 * the time of the exchanges alone: waiting for our own turn and reading the body are no time of the target.
 */
export const httpFacts = (chain: Chain): Facts => {
  const last = chain.hops.at(-1);
  return {
    ...last?.facts,
    ...(chain.answer === null ? {} : answerFacts(chain.answer)),
    timings: { ...chain.timings },
    duration: chain.timings.total,
    ...unreachableFacts(chain.hops.map(({ facts }) => facts)),
    redirects: Math.max(0, chain.hops.length - 1),
    chain: chain.hops.map(hopFacts),
    'chain-text': chainText(chain),
    ...(chain.loop === null ? {} : { loop: chain.loop.text }),
    ...(last === undefined ? {} : { 'final-url': shownUrl(last.url) }),
    ...(chain.withheld.length === 0 ? {} : { withheld: chain.withheld }),
  };
};
