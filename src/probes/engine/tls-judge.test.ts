import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  makeAuthority,
  makeCertificate,
  type Authority,
  type CertificateOptions,
} from '../../../tests/stack/certificates.ts';
import { distinguishedName, judgeCertificate, subjectNames, type Presented } from './tls-judge.ts';

const NOW = new Date('2026-12-01T00:00:00Z');
const DATES = { notBefore: new Date('2026-11-01T00:00:00Z'), notAfter: new Date('2027-01-01T00:00:00Z') };

let root: Authority;

beforeAll(async () => {
  root = await makeAuthority({ name: 'Root', ...DATES });
});

const leafOf = async (options: Partial<CertificateOptions> = {}): Promise<X509Certificate> => {
  const { cert } = await makeCertificate({ authority: root, names: ['a.test'], ...DATES, ...options });
  return new X509Certificate(cert);
};

const judge = (chain: readonly X509Certificate[], more: Partial<Presented> = {}, now = NOW) =>
  judgeCertificate({ chain, error: null, host: 'a.test', ownRoots: true, ...more }, now);

describe('a certificate', () => {
  it('is in order from its first instant to its last, by the clock of the check', async () => {
    const leaf = await leafOf();
    const { notBefore, notAfter } = DATES;
    expect(judge([leaf], {}, notBefore)).toBeNull();
    expect(judge([leaf], {}, new Date(notAfter.getTime() - 1))).toBeNull();
    expect(judge([leaf], {}, notAfter)).toEqual({
      code: 'tls-expired',
      cause: 'the certificate expired 0 minutes ago (2027-01-01T00:00:00.000Z)',
    });
    expect(judge([leaf], {}, new Date(notBefore.getTime() - 1))).toEqual({
      code: 'tls-not-yet-valid',
      cause: 'the certificate is not valid yet: it will be in 1 minute (2026-11-01T00:00:00.000Z)',
    });
  });

  it.each([
    ['a.test', true],
    ['A.TEST', true],
    ['b.test', false],
    ['x.a.test', false],
    ['127.0.0.1', false],
  ])('for a.test is for %s: %s', async (host, fits) => {
    expect(judge([await leafOf()], { host }) === null).toBe(fits);
  });

  it.each([
    ['*.a.test', 'x.a.test', true],
    ['*.a.test', 'a.test', false],
    ['*.a.test', 'x.y.a.test', false],
    ['x*.a.test', 'xy.a.test', false],
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', '127.0.0.2', false],
    ['::1', '::1', true],
  ])('for %s is for %s: %s', async (name, host, fits) => {
    expect(judge([await leafOf({ names: [name] })], { host }) === null).toBe(fits);
  });

  it('is for no host when only its common name says so', async () => {
    const leaf = await leafOf({ alternativeNames: false });
    expect(judge([leaf])?.cause).toBe(
      'the certificate names no host that clients accept (only the common name a.test), so it is not for a.test',
    );
  });

  it('names a few of many hosts', async () => {
    const names = Array.from({ length: 9 }, (_, at) => `n${at}.test`);
    const leaf = await leafOf({ names });
    expect(judge([leaf])?.cause).toBe(
      'the certificate is for n0.test, n1.test, n2.test, n3.test, n4.test and 4 more, not for a.test',
    );
  });

  it('with several faults is told with all of them, the first by date', async () => {
    const leaf = await leafOf({ authority: null, names: ['b.test'] });
    const late = new Date('2027-02-01T00:00:00Z');
    expect(judge([leaf], { error: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, late)).toEqual({
      code: 'tls-expired',
      cause:
        'the certificate expired 31 days ago (2027-01-01T00:00:00.000Z); the certificate is for b.test, not for a.test; the certificate is self-signed',
    });
  });
});

describe('a chain', () => {
  it.each([
    [true, 'tls-incomplete-chain', 'the chain is incomplete: the server did not send its issuer Root'],
    [false, 'tls-untrusted', 'the certificate is issued by Root, which is not trusted here'],
  ])('of one certificate, with roots of our own: %s', async (ownRoots, code, cause) => {
    const fault = judge([await leafOf()], { error: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', ownRoots });
    expect(fault).toEqual({ code, cause });
  });

  it('with a certificate that issued another one and may not', async () => {
    const rogue = await makeAuthority({ name: 'Rogue', authority: root, mayIssue: false, ...DATES });
    const leaf = await leafOf({ authority: rogue });
    const chain = [leaf, new X509Certificate(rogue.cert)];
    expect(judge(chain, { error: 'INVALID_PURPOSE' })?.cause).toBe(
      'a certificate that issued another one is no authority',
    );
    expect(judge([leaf], { error: 'INVALID_PURPOSE' })?.cause).toBe(
      'the certificate is not made for servers (extended key usage)',
    );
  });

  it('that is too weak, where the verification has no word for it', async () => {
    const forged = await leafOf({ weakness: 'sha-1' });
    const small = await leafOf({ weakness: 'rsa-1024' });
    const [first, second] = [forged, small].map((leaf) => judge([leaf], { error: 'UNSPECIFIED' })?.cause);
    expect(first).toBe('a signature in the chain is too weak (SHA-1 or MD5)');
    expect(second).toBe('the RSA key of 1024 bits is too weak');
  });

  it('that breaks a rule which nobody here has heard of is not trusted', async () => {
    expect(judge([await leafOf()], { error: 'BRAND_NEW' })).toEqual({
      code: 'tls-untrusted',
      cause: 'the chain breaks a rule of certificates (BRAND_NEW)',
    });
  });
});

it('reads names as OpenSSL writes them, quoted ones too', () => {
  expect(subjectNames('DNS:a.test, IP Address:127.0.0.1, DNS:"b.test, DNS:c.test"')).toEqual([
    'a.test',
    '127.0.0.1',
    'b.test, DNS:c.test',
  ]);
  expect(subjectNames(undefined)).toEqual([]);
});

it('shows a name in one line without what would act', () => {
  expect(distinguishedName('O=Example\nCN=a\u001b[2Jb')).toBe('CN=a\\u{1b}[2Jb, O=Example');
});
