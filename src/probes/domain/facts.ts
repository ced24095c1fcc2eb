import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { headerValues } from '../engine/parse-head.ts';
import { printable } from '../engine/printable.ts';
import { chainText, hopFacts } from '../engine/redirect-chain.ts';
import { shownUrl } from '../engine/redirect-shown-url.ts';
import { pageMoves } from '../http/html/page-moves.ts';
import { unreachableFacts } from '../http/unreachable.ts';
import { worstCertificate } from './certificates.ts';
import { endingsOf, type Endings, type Finished } from './endings.ts';
import { identityMismatches, pageTitle, textOf } from './identity.ts';
import type { Spec } from './schema.ts';
import type { VariantName } from './variants.ts';
import type { Walked } from './walk.ts';

const chainFacts = ({ variant, chain }: Walked): JsonObject => {
  const code = chain.loop === null ? (chain.problem?.code ?? chain.failure?.code) : 'redirect-loop';
  const ended = code === undefined;
  const last = chain.hops.at(-1);
  return {
    variant: variant.name,
    url: shownUrl(variant.url),
    text: chainText(chain),
    redirects: chain.hops.length - 1,
    ...(chain.loop === null ? {} : { loop: chain.loop.text, kind: chain.loop.kind }),
    ...(chain.problem === null ? {} : { problem: chain.problem.message }),
    ...(chain.failure === null ? {} : { failure: chain.failure.message }),
    ...(code === undefined ? {} : { code }),
    ...(ended && last !== undefined ? { 'final-url': shownUrl(last.url) } : {}),
    ...(ended && chain.answer !== null ? { 'final-status': chain.answer.status } : {}),
    hops: chain.hops.map(hopFacts),
  };
};

const PREFERRED: readonly VariantName[] = ['https-apex', 'https-www', 'http-apex', 'http-www'];

/** The variant that stands for the site: the most secure one that came to an answer, the apex before www. */
const canonical = ({ finished }: Endings): Finished | null =>
  PREFERRED.flatMap((name) => finished.filter(({ walked }) => walked.variant.name === name))[0] ?? null;

/** What must be alike between variants: the URL, without scheme and port when https may be absent. */
const landing = (url: URL, spec: Spec): string =>
  spec.https === 'optional' ? `//${url.hostname}${url.pathname}${url.search}` : url.href;

/** Every mismatch with the URL where it was seen; each URL is told once. */
const servedFacts = (finished: readonly Finished[], serves: NonNullable<Spec['serves']>): readonly string[] => [
  ...new Set(
    finished.flatMap(({ answer, url }) =>
      identityMismatches(answer, serves).map((text) => `${shownUrl(url)}: ${text}`),
    ),
  ),
];

const hasHsts = ({ answer, url }: Finished): boolean => {
  const [value = ''] = headerValues(answer.headers, 'strict-transport-security');
  return url.protocol === 'https:' && /(^|;)\s*max-age\s*=\s*"?0*[1-9]/i.test(value);
};

const siteFacts = (endings: Endings, spec: Spec): Facts => {
  const site = canonical(endings);
  if (site === null) return {};
  const { finished } = endings;
  const title = pageTitle(site.answer);
  return {
    'final-url': shownUrl(site.url),
    'final-status': site.answer.status,
    'variants-agree': new Set(finished.map(({ url }) => landing(url, spec))).size === 1,
    https: finished.every(({ url }) => url.protocol === 'https:'),
    hsts: hasHsts(site),
    ...(title === null ? {} : { page: { title: printable(title, 200) } }),
    ...pageMoves({
      url: site.url,
      header: (name) => headerValues(site.answer.headers, name),
      text: textOf(site.answer),
    }),
    ...(spec.serves === undefined ? {} : { serves: servedFacts(finished, spec.serves) }),
  };
};

const dnsFacts = (walked: readonly Walked[]): Facts => {
  const dns = walked
    .toSorted((a, b) => Number(a.variant.name.endsWith('www')) - Number(b.variant.name.endsWith('www')))
    .map(({ chain }) => chain.hops[0]?.facts['dns'])
    .find(isJsonObject);
  return dns === undefined ? {} : { dns };
};

/** Every address that was tried on any way, each told once, and the dead ones among them. */
const addressFacts = (walked: readonly Walked[]): Facts => {
  const hops = walked.flatMap(({ chain }) => chain.hops.map(({ facts }) => facts));
  const tried = hops.flatMap(({ addresses }) => (Array.isArray(addresses) ? addresses : []));
  const distinct = new Map(tried.map((item: Json) => [JSON.stringify(item), item]));
  return { addresses: [...distinct.values()], ...unreachableFacts(hops) };
};

/** Everything that the walks show, under the names of `domainFactTable`. */
export const domainFacts = (all: readonly Walked[], spec: Spec): Facts => {
  const endings = endingsOf(all, spec);
  const { counted, finished, failed, leftOut } = endings;
  const tls = worstCertificate(counted);
  const loop = counted.find(({ chain }) => chain.loop !== null)?.chain.loop;
  const troubled = counted.find(({ chain }) => chain.loop === null && chain.problem !== null);
  return {
    ...dnsFacts(counted),
    ...(loop ? { loop: loop.text } : {}),
    ...(troubled?.chain.problem ? { problem: `${troubled.variant.name}: ${troubled.chain.problem.message}` } : {}),
    failures: failed.map(({ walked, failure }) => ({
      variant: walked.variant.name,
      code: failure.code,
      message: failure.message,
    })),
    'final-statuses': finished.map(({ answer }) => answer.status),
    ...siteFacts(endings, spec),
    ...(tls === null ? {} : { tls }),
    'left-out': leftOut,
    ...addressFacts(counted),
    chains: counted.map(chainFacts),
  };
};
