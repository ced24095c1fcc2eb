import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { lookAtEachFamily, refuseProxy } from '../engine/family-each.ts';
import { followRedirects } from '../engine/redirects.ts';
import type { Look, ProbeContext } from '../probe.ts';
import { chainFailure } from './chain-failure.ts';
import { httpFacts } from './facts-from-chain.ts';
import { encodeMultipart } from './multipart.ts';
import { readPemFiles } from './pem-files.ts';
import { type OneRequestSpec, redirectPolicy, toRequest } from './request-from-spec.ts';
import type { Spec } from './schema.ts';

const lookOnce = async (spec: OneRequestSpec, context: ProbeContext): Promise<Facts> => {
  const tls = await readPemFiles(spec.tls ?? {}, context.folder);
  const encoded = spec.multipart === undefined ? null : await encodeMultipart(spec.multipart, context.folder);
  const request = toRequest({ ...spec, tls }, encoded);
  const chain = await followRedirects(request, redirectPolicy(spec), context);
  const facts = httpFacts(chain, request.limits.decodedBodyBytes);
  const failure = chainFailure(chain, facts);
  if (failure !== null) throw failure;
  return facts;
};

const present = (name: string, value: Json | undefined): JsonObject => (value === undefined ? {} : { [name]: value });

/** What tells one site from another without its body, which may never be the same twice. */
const httpEssence = ({ status, headers, redirects, ...facts }: Facts): JsonObject => ({
  ...present('status', status),
  ...(redirects === 0 ? {} : present('final-url', facts['final-url'])),
  ...present('content-type', isJsonObject(headers) ? headers['content-type'] : undefined),
});

/**
 * Looks as the spec says over every family of addresses, `look` once for each when each was asked for. What `more`
 * tells of the facts must be alike as well.
 */
export const lookByFamily = async <Own extends Spec>(
  spec: Own,
  context: ProbeContext,
  look: (spec: Own & OneRequestSpec) => Promise<Facts>,
  more: (facts: Facts) => JsonObject = () => ({}),
): Promise<Facts> => {
  const { family } = spec;
  if (family !== 'each') return look({ ...spec, family: family ?? 'any' });
  refuseProxy(toRequest({ ...spec, family: 'any' }), context.proxyEnvironment);
  return lookAtEachFamily(
    (one) => look({ ...spec, family: one }),
    (facts) => ({ ...httpEssence(facts), ...more(facts) }),
  );
};

/** Sends the request, follows redirects as far as the spec allows, and reports the answer of the last hop. */
export const look: Look<Spec> = (spec, context) => lookByFamily(spec, context, (one) => lookOnce(one, context));
