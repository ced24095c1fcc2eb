import { followRedirects } from '../engine/redirects.ts';
import type { Look } from '../probe.ts';
import { chainFailure } from './chain-failure.ts';
import { httpFacts } from './facts-from-chain.ts';
import { readPemFiles } from './pem-files.ts';
import { redirectPolicy, toRequest } from './request-from-spec.ts';
import type { Spec } from './schema.ts';

/** Sends the request, follows redirects as far as the spec allows, and reports the answer of the last hop. */
export const look: Look<Spec> = async (spec, context) => {
  const tls = await readPemFiles(spec.tls ?? {});
  const chain = await followRedirects(toRequest({ ...spec, tls }), redirectPolicy(spec), context);
  const facts = httpFacts(chain);
  const failure = chainFailure(chain, facts);
  if (failure !== null) throw failure;
  return facts;
};
