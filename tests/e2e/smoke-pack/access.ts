import { createHash } from 'node:crypto';
import type { Exchange } from './request.ts';

type Route = (exchange: Exchange) => void;

const BASIC = `Basic ${Buffer.from('ada:canary-password').toString('base64')}`;
const CHALLENGE = 'Digest realm="shop", qop="auth", nonce="n-17", opaque="o-4"';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Whether a request answers the challenge as `ada` would (RFC 7616, 3.4.1). */
const isAda = ({ headers, method, url }: Exchange): boolean => {
  const sent = new Map(
    [...(headers.authorization ?? '').matchAll(/(\w+)="?([^",]*)"?/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
  const of = (name: string): string => sent.get(name) ?? '';
  const uri = `${url.pathname}${url.search}`;
  const expected = sha256(
    [sha256('ada:shop:canary-password'), 'n-17', of('nc'), of('cnonce'), 'auth', sha256(`${method}:${uri}`)].join(':'),
  );
  return of('response') === expected && of('uri') === uri && of('opaque') === 'o-4';
};

/** Paths that want to know who asks. */
export const access: { readonly [path: string]: Route } = {
  '/token': ({ json, headers }) =>
    headers.authorization === BASIC
      ? json(201, { token: 'canary-token-of-ada', kind: 'bearer' }, { 'x-request-id': 'r-12' })
      : json(401, { error: 'who are you?' }, { 'www-authenticate': 'Basic realm="shop"' }),
  '/private': ({ json, headers }) =>
    headers.authorization === 'Bearer canary-token-of-ada' ? json(200, { secret: true }) : json(403, { error: 'no' }),
  '/digest': (exchange) =>
    isAda(exchange)
      ? exchange.json(200, { user: 'ada', body: exchange.body.toString() })
      : exchange.json(
          401,
          {},
          { 'www-authenticate': [`${CHALLENGE}, algorithm=MD5`, `${CHALLENGE}, algorithm=SHA-256`] },
        ),
};
