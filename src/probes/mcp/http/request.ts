import { readPemFiles } from '../../http/pem-files.ts';
import { toRequest } from '../../http/request-from-spec.ts';
import type { Spec } from '../schema.ts';
import type { RequestBase } from './wire.ts';

/**
 * What every request of a look has in common. Credentials are added here, so that the client library never has them;
 * `headers` are those that the file may replace by its own.
 */
export const requestBase = async (
  spec: Spec & { readonly url: string },
  folder: string,
  headers: { readonly [name: string]: string },
): Promise<RequestBase> => {
  const request = toRequest({
    url: spec.url,
    tls: await readPemFiles(spec.tls ?? {}, folder),
    headers: { ...headers, ...lowerCased(spec.headers ?? {}) },
    ...(spec.auth === undefined ? {} : { auth: spec.auth }),
    ...(spec['connect-to'] === undefined ? {} : { 'connect-to': spec['connect-to'] }),
    ...(spec.resolver === undefined ? {} : { resolver: spec.resolver }),
  });
  const { method: _method, url: _url, body: _body, ...base } = request;
  return base;
};

const lowerCased = (headers: NonNullable<Spec['headers']>): { readonly [name: string]: string } =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
