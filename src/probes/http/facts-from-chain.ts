import type { Facts } from '../../model/observation.ts';
import type { Answer } from '../engine/answer.ts';
import { giveBackOwn } from '../engine/memory.ts';
import { headerValues } from '../engine/parse-head.ts';
import { chainText, hopFacts, type Chain } from '../engine/redirect-chain.ts';
import { isRedirect } from '../engine/redirect-request.ts';
import { shownUrl } from '../engine/redirect-shown-url.ts';
import { readText } from './body-text.ts';
import { headerFacts } from './header-facts.ts';
import { pageMoves } from './html/page-moves.ts';
import { heaviestJson, readJson } from './json-text.ts';
import { unreachableFacts } from './unreachable.ts';

/** What begins like JSON was meant as JSON; why it is none is looked for once, while the body is at hand. */
const MEANT_AS_JSON = /^\s*[[{]/;

const jsonFacts = (text: string, bodyLimit: number): Facts => {
  const read = readJson(text, heaviestJson(bodyLimit));
  if (!read.ok) return MEANT_AS_JSON.test(text) ? { 'json-problem': read.problem } : {};
  return {
    json: read.value,
    ...(read.numbersAsText.length === 0 ? {} : { 'numbers-as-text': read.numbersAsText }),
  };
};

/** The bytes are given back as soon as there is a text: what is read out of that takes as much room again. */
const bodyFacts = ({ body, headers }: Answer, url: URL, bodyLimit: number): Facts => {
  const size = body.length;
  const read = readText(body, headerValues(headers, 'content-type')[0] ?? '');
  giveBackOwn(body);
  return {
    ...(read.ok ? { body: read.text, ...jsonFacts(read.text, bodyLimit) } : { 'body-problem': read.problem }),
    ...pageMoves({ url, header: (name) => headerValues(headers, name), text: read.ok ? read.text : null }),
    size,
  };
};

const answerFacts = (answer: Answer, url: URL, bodyLimit: number): Facts => ({
  status: answer.status,
  'status-text': answer.statusText,
  'http-version': answer.httpVersion,
  headers: headerFacts(answer.headers),
  ...bodyFacts(answer, url, bodyLimit),
  'wire-size': answer.wireBytes,
  'extra-bytes': answer.extraBytes,
});

/**
 * Everything that a chain shows, under the names of `httpFactTable`. The answer is that of the last hop. `duration` is
 * the time of the exchanges alone: waiting for our own turn and reading the body are no time of the target. The body of the
 * answer is used up: nobody else may read it. `bodyLimit` are the bytes that it may have.
 */
export const httpFacts = (chain: Chain, bodyLimit: number): Facts => {
  const last = chain.hops.at(-1);
  return {
    ...last?.facts,
    ...(chain.answer === null || last === undefined ? {} : answerFacts(chain.answer, last.url, bodyLimit)),
    timings: { ...chain.timings },
    duration: chain.timings.total,
    ...unreachableFacts(chain.hops.map(({ facts }) => facts)),
    // A hop may also be the answer to a digest challenge.
    redirects: chain.hops.slice(0, -1).filter(({ status }) => status !== null && isRedirect(status)).length,
    chain: chain.hops.map(hopFacts),
    'chain-text': chainText(chain),
    ...(chain.loop === null ? {} : { loop: chain.loop.text }),
    ...(last === undefined ? {} : { 'final-url': shownUrl(last.url) }),
    ...(chain.withheld.length === 0 ? {} : { withheld: chain.withheld }),
  };
};
