import type { SslMode } from './address.ts';
import type { Spec } from './schema.ts';

type TlsOptions = Exclude<NonNullable<Spec['tls']>, boolean>;

/** Whether TLS is asked for (`may`: taken when it is offered), and whether its certificate must hold. */
export type TlsWish = {
  readonly asked: 'must' | 'may' | 'never';
  readonly verify: boolean;
  readonly options: TlsOptions;
};

/** `verify-ca` is taken for `verify-full`: a certificate of another host says nothing of this one. */
const MODES: { readonly [Mode in SslMode]: Pick<TlsWish, 'asked' | 'verify'> } = {
  disable: { asked: 'never', verify: false },
  allow: { asked: 'may', verify: false },
  prefer: { asked: 'may', verify: false },
  require: { asked: 'must', verify: false },
  'verify-ca': { asked: 'must', verify: true },
  'verify-full': { asked: 'must', verify: true },
};

/** What a spec wants of TLS: its own word first, then that of the URL, then what libpq does by itself (`prefer`). */
export const tlsWish = ({ tls }: Pick<Spec, 'tls'>, sslmode: SslMode | null): TlsWish => {
  if (tls === undefined) return { ...MODES[sslmode ?? 'prefer'], options: {} };
  if (tls === false) return { ...MODES.disable, options: {} };
  const options = tls === true ? {} : tls;
  return { asked: 'must', verify: options.verify !== false, options };
};
