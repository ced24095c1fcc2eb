import { evaluate } from '../../matchers/evaluate.ts';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook } from '../probe.ts';
import type { Answer, TlsFacts } from '../engine/answer.ts';
import { answerOf, stillContext, to, type Reply } from '../engine/redirect-test-site.ts';
import type { HttpRequest } from '../engine/request.ts';
import { domain } from './kind.ts';
import { domainFacts } from './facts.ts';
import type { Spec } from './schema.ts';
import { variantsOf } from './variants.ts';
import { walkVariants } from './walk.ts';

const TLS: TlsFacts = {
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  verified: true,
  cause: null,
  code: null,
  subject: 'CN=shop.test',
  issuer: 'CN=Test CA',
  sans: ['shop.test'],
  validFrom: '2026-01-01T00:00:00Z',
  validTo: '2027-01-31T00:00:00Z',
  daysLeft: 61,
  fingerprint: '00',
  chain: ['CN=shop.test'],
};

/** What is found at a URL, or why nothing is. */
export type Page = Reply & { readonly text?: string; readonly tls?: Partial<TlsFacts> };
export type Pages = Readonly<Record<string, Page | CouldNotLook>>;

/** A page of the shop. */
export const OK: Page = { status: 200, headers: [['content-type', 'text/html']], text: '<title>Shop</title>' };

/** A healthy shop: everything leads to https://shop.test/. */
export const HEALTHY: Pages = {
  'http://shop.test/': to('https://shop.test/', 301),
  'http://www.shop.test/': to('https://www.shop.test/', 301),
  'https://www.shop.test/': to('https://shop.test/', 301),
  'https://shop.test/': OK,
};

const noName = new CouldNotLook('dns-nxdomain', 'there is no such name');

const netOf =
  (pages: Pages) =>
  (request: HttpRequest): Promise<Answer> => {
    const page = pages[request.url.href] ?? noName;
    if (page instanceof CouldNotLook) return Promise.reject(page);
    const answer = answerOf(page);
    const tls = request.url.protocol === 'https:' ? { ...TLS, ...page.tls } : null;
    return Promise.resolve({
      ...answer,
      connection: { ...answer.connection, tls },
      body: new TextEncoder().encode(page.text ?? ''),
    });
  };

/** What a check of this domain would say: broken expectations with the signs that explain them. */
export const check = async (pages: Pages, spec: Partial<Spec> = {}) => {
  const whole: Spec = { name: 'shop.test', ...spec };
  const facts: Facts = domainFacts(await walkVariants(whole, variantsOf(whole), stillContext, netOf(pages)), whole);
  const broken = domain
    .defaults(whole)
    .map((ask) => evaluate({ ...ask, source: null }, facts, stillContext.now()))
    .filter(({ held }) => !held)
    .map(({ fact }) => fact);
  const signs = domain.explain(facts, whole);
  const told = signs.filter(({ fact }) => broken.includes(fact)).map(({ code, message }) => `${code}: ${message}`);
  return { facts, broken, told };
};
