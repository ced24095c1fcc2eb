import { resolve } from 'node:path';
import { readPemFiles } from '../http/pem-files.ts';
import { type Address, readAddress } from './address.ts';
import type { Door } from './open.ts';
import type { Spec } from './schema.ts';
import { type TlsWish, tlsWish } from './tls-wish.ts';

/** Everything that a look needs to know before it begins. */
export type Order = {
  readonly spec: Spec;
  readonly address: Address;
  readonly door: Door;
  /** Takes the URL and the password in it out of a text. */
  readonly scrub: (text: string) => string;
};

const fromFolder = (folder: string, { ca, cert, key, ...rest }: TlsWish['options']): TlsWish['options'] => {
  const placed = (value: string): string => (value.includes('-----BEGIN ') ? value : resolve(folder, value));
  return {
    ...rest,
    ...(ca === undefined ? {} : { ca: placed(ca) }),
    ...(cert === undefined ? {} : { cert: placed(cert) }),
    ...(key === undefined ? {} : { key: placed(key) }),
  };
};

/** Takes the URL and the password in it, as written and decoded, out of a text. */
const scrubber = (url: string, password: string | null): ((text: string) => string) => {
  const written = URL.parse(url)?.password ?? '';
  const secrets = [url, password ?? '', written].filter((text) => text !== '');
  return (text) => secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
};

/** Reads the URL and the files that a spec names; paths are relative to `folder`. Throws `CouldNotLook`. */
export const orderFrom = async (spec: Spec, folder: string): Promise<Order> => {
  const reading = readAddress(spec.url);
  if (!reading.ok) throw new Error(`url ${reading.message}`);
  const { address } = reading;
  const wish = tlsWish(spec, address.sslmode);
  const {
    ca = null,
    cert = null,
    key = null,
    servername = null,
  } = await readPemFiles(fromFolder(folder, wish.options));
  return {
    spec,
    address,
    door: {
      destination: {
        host: address.host,
        port: address.port,
        family: spec.family ?? 'any',
        server: spec.resolver ?? null,
      },
      host: address.host,
      wish,
      tls: { verify: wish.verify, ca, cert, key, servername },
    },
    scrub: scrubber(spec.url, address.password),
  };
};
