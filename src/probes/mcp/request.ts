import { readPemFiles } from '../http/pem-files.ts';
import { toRequest } from '../http/request-from-spec.ts';
import type { RequestBase } from './fetch.ts';
import type { Spec } from './schema.ts';

/** What every request of a look has in common. Credentials are added here, so that the client library never has them. */
export const requestBase = async (spec: Spec): Promise<RequestBase> => {
  const { headers, tls, connectTo, proxy, family, resolver, http2, limits } = toRequest({
    url: spec.url,
    tls: await readPemFiles(spec.tls ?? {}),
    ...(spec.headers === undefined ? {} : { headers: spec.headers }),
    ...(spec.auth === undefined ? {} : { auth: spec.auth }),
    ...(spec['connect-to'] === undefined ? {} : { 'connect-to': spec['connect-to'] }),
    ...(spec.resolver === undefined ? {} : { resolver: spec.resolver }),
  });
  return { headers, tls, connectTo, proxy, family, resolver, http2, limits };
};
