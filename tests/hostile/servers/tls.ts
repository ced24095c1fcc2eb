import type { TlsOptions } from 'node:tls';
import type { JsonObject } from '../../../src/model/json.ts';
import { makeAuthority, makeCertificate, type Certificate, type CertificateOptions } from '../../stack/certificates.ts';
import { fails, passes, type Behaviour, type Expected } from '../behaviour.ts';
import type { Stage } from '../stage.ts';
import { nameConstraints } from './name-constraints.ts';
import { healthy } from './wire.ts';

const DAY_MS = 86_400_000;
const daysFromNow = (days: number): Date => new Date(Date.now() + days * DAY_MS);

type Presented = Partial<TlsOptions> & Partial<Pick<Certificate, 'cert' | 'key' | 'chain'>>;

/** A web server that presents this certificate, and a check that trusts the root of the stage. */
const presents = (
  name: string,
  never: Behaviour['healthy'],
  expected: Expected,
  present: (stage: Stage) => Promise<Presented>,
  more: { readonly host?: string; readonly spec?: JsonObject } = {},
): Behaviour => ({
  name,
  row: 'T1',
  healthy: never,
  expected,
  open: async (stage) => {
    const { chain, ...options } = await present(stage);
    const port = await stage.tls({ ...options, cert: chain ?? options.cert }, (socket) => socket.end(healthy));
    const { cert: ca } = await stage.authority();
    const { host = 'localhost', spec = {} } = more;
    return { url: `https://${host}:${port}/`, spec: { tls: { ca }, 'connect-to': `127.0.0.1:${port}`, ...spec } };
  },
});

/** A certificate of the stage's root for `localhost`, but for these options. */
const issued =
  (options: Partial<CertificateOptions> = {}) =>
  async (stage: Stage): Promise<Presented> =>
    makeCertificate({ authority: await stage.authority(), names: ['localhost'], ...options });

const underIntermediate = async (
  stage: Stage,
  options: Parameters<typeof makeAuthority>[0] = {},
): Promise<{ readonly leaf: Certificate; readonly intermediate: string; readonly root: string }> => {
  const root = await stage.authority();
  const authority = await makeAuthority({ name: 'Test Intermediate', authority: root, ...options });
  return {
    leaf: await makeCertificate({ authority, names: ['localhost'] }),
    intermediate: authority.cert,
    root: root.cert,
  };
};

const alone = async (stage: Stage): Promise<Presented> => {
  const { leaf } = await underIntermediate(stage);
  return { cert: leaf.cert, key: leaf.key };
};

const disordered = async (stage: Stage): Promise<Presented> => {
  const { leaf, intermediate, root } = await underIntermediate(stage);
  return { key: leaf.key, chain: `${leaf.cert}${root}${intermediate}` };
};

/** Certificates with one fault each (T1), and fields that would act if they were shown raw (T3). */
export const certificates: readonly Behaviour[] = [
  presents('certificate-in-order', 'may', passes, issued()),
  presents(
    'certificate-expired',
    'never',
    fails('tls-expired', /^the certificate expired 3 days ago \(\d{4}-/),
    issued({ notBefore: daysFromNow(-90), notAfter: daysFromNow(-3.5) }),
  ),
  presents(
    'certificate-not-yet-valid',
    'never',
    fails('tls-not-yet-valid', /^the certificate is not valid yet: it will be in 3 days \(\d{4}-/),
    issued({ notBefore: daysFromNow(3.5) }),
  ),
  presents(
    'certificate-for-another',
    'never',
    fails('tls-wrong-host', /^the certificate is for other\.test, not for localhost$/),
    issued({ names: ['other.test'] }),
  ),
  presents(
    'certificate-wildcard-too-deep',
    'never',
    fails('tls-wrong-host', /^the certificate is for \*\.b\.test, not for x\.a\.b\.test$/),
    issued({ names: ['*.b.test'] }),
    { host: 'x.a.b.test' },
  ),
  presents(
    'certificate-name-without-san',
    'never',
    fails(
      'tls-wrong-host',
      /names no host that clients accept \(only the common name localhost\), so it is not for localhost$/,
    ),
    issued({ alternativeNames: false }),
  ),
  presents('certificate-without-subject', 'may', passes, issued({ subject: '' })),
  presents('certificate-for-address', 'may', passes, issued({ names: ['127.0.0.1'] }), { host: '127.0.0.1' }),
  presents(
    'certificate-not-for-address',
    'never',
    fails('tls-wrong-host', /^the certificate is for localhost, not for 127\.0\.0\.1$/),
    issued(),
    { host: '127.0.0.1' },
  ),
  presents(
    'certificate-self-signed',
    'never',
    fails('tls-self-signed', /^the certificate is self-signed$/),
    issued({ authority: null }),
  ),
  presents(
    'certificate-of-unknown-root',
    'never',
    fails('tls-untrusted', /^the certificate is issued by Some Root, which is not trusted here$/),
    async () => makeCertificate({ authority: await makeAuthority({ name: 'Some Root' }), names: ['localhost'] }),
    { spec: { tls: {} } },
  ),
  presents(
    'chain-without-intermediate',
    'never',
    fails('tls-incomplete-chain', /^the chain is incomplete: the server did not send its issuer Test Intermediate$/),
    alone,
  ),
  presents('chain-in-disorder', 'may', passes, disordered),
  presents(
    'intermediate-expired',
    'never',
    fails('tls-expired', /^the issuing certificate Test Intermediate expired 2 days ago/),
    async (stage) => (await underIntermediate(stage, { notBefore: daysFromNow(-9), notAfter: daysFromNow(-2.5) })).leaf,
  ),
  presents(
    'intermediate-constrained-to-other-names',
    'never',
    fails('tls-untrusted', /^an issuing certificate may not vouch for this name \(name constraints\)$/),
    async (stage) => (await underIntermediate(stage, { extensions: [nameConstraints('.other.test')] })).leaf,
  ),
  presents(
    'certificate-issued-by-a-leaf',
    'never',
    fails('tls-untrusted', /^a certificate that issued another one is no authority$/),
    async (stage) => {
      const root = await stage.authority();
      const rogue = await makeAuthority({ name: 'Rogue', authority: root, mayIssue: false });
      return makeCertificate({ authority: rogue, names: ['localhost'] });
    },
  ),
  presents(
    'certificate-for-code-signing',
    'never',
    fails('tls-untrusted', /^the certificate is not made for servers \(extended key usage\)$/),
    issued({ usage: 'code-signing' }),
  ),
  presents(
    'certificate-rsa-1024',
    'never',
    fails('tls-untrusted', /^the RSA key of 1024 bits is too weak$/),
    async (stage) => ({ ...(await issued({ weakness: 'rsa-1024' })(stage)), ciphers: 'DEFAULT@SECLEVEL=0' }),
  ),
  presents(
    'certificate-sha-1',
    'never',
    fails('tls-untrusted', /^a signature in the chain is too weak \(SHA-1 or MD5\)$/),
    async (stage) => ({ ...(await issued({ weakness: 'sha-1' })(stage)), ciphers: 'DEFAULT@SECLEVEL=0' }),
  ),
  presents(
    'certificate-1000-names',
    'may',
    passes,
    issued({ names: ['localhost', ...Array.from({ length: 1000 }, (_, at) => `n${at}.test`)] }),
  ),
  presents(
    'certificate-10000-names',
    'may',
    fails('tls-handshake', /^the certificates of the server are over 100 KiB$/),
    issued({ names: ['localhost', ...Array.from({ length: 10_000 }, (_, at) => `name-${at}.test`)] }),
  ),
  presents(
    'escapes-in-certificate',
    'never',
    fails(
      'tls-wrong-host',
      /\(only the common name \\1B\[2J\\<script\\>localhost\\00evil\), so it is not for localhost$/,
    ),
    issued({ alternativeNames: false, subject: 'CN=\u001b[2J<script>localhost\0evil' }),
  ),
];
