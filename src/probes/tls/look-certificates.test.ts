import { afterEach, beforeAll, expect, test } from 'vitest';
import { type Certificate, makeAuthority, makeCertificate } from '../../../tests/stack/certificates.ts';
import type { Facts } from '../../model/observation.ts';
import { look } from './look.ts';
import { contextFor } from './test-servers.ts';
import { days, makeSite, type TestSite } from './test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await makeSite();
});

afterEach(() => site.closeAll());

type Wrong = {
  readonly name: string;
  readonly make: () => Promise<Pick<Certificate, 'chain' | 'key'>>;
  readonly told: RegExp;
  readonly facts?: Facts;
};

const WRONG: readonly Wrong[] = [
  {
    name: 'expired',
    make: () => site.leaf({ notBefore: days(-90), notAfter: days(-3.5) }),
    told: /^tls-expired: the certificate expired 3 days ago \(\d{4}-\d\d-\d\dT[\d:.]+Z\)$/,
    facts: { 'days-left': -4 },
  },
  {
    name: 'not yet valid',
    make: () => site.leaf({ notBefore: days(2.5), notAfter: days(90) }),
    told: /^tls-not-yet-valid: the certificate is not valid yet: it will be in 2 days/,
  },
  {
    name: 'for another host',
    make: () => site.leaf({ names: ['b.test', '*.c.test'], subject: 'CN=a.test' }),
    told: /^tls-wrong-host: the certificate is for b\.test, \*\.c\.test, not for a\.test$/,
    facts: { sans: ['b.test', '*.c.test'] },
  },
  {
    name: 'signed by itself',
    make: () => site.leaf({ authority: null }),
    told: /^tls-self-signed: the certificate is self-signed$/,
  },
  {
    name: 'of an untrusted site.root that is sent along',
    make: async () => {
      const other = await makeAuthority({ name: 'Other Root' });
      const made = await site.leaf({ authority: other });
      return { ...made, chain: `${made.chain}${other.cert}` };
    },
    told: /^tls-untrusted: the chain ends at Other Root, which is not trusted here$/,
    facts: { chain: ['CN=a.test', 'CN=Other Root'] },
  },
  {
    name: 'without its intermediate',
    make: async () => {
      const made = await site.leaf({ authority: await makeAuthority({ name: 'Middle', authority: site.root }) });
      return { ...made, chain: made.cert };
    },
    told: /^tls-incomplete-chain: the chain is incomplete: the server did not send its issuer Middle$/,
  },
  {
    name: 'with a common name only',
    make: () => site.leaf({ alternativeNames: false }),
    told: /^tls-wrong-host: .*only the common name a\.test.*not for a\.test$/,
    facts: { sans: [] },
  },
  {
    name: 'under an expired intermediate',
    make: async () => {
      const dates = { notBefore: days(-90), notAfter: days(-1.5) };
      return site.leaf({ authority: await makeAuthority({ name: 'Old Middle', authority: site.root, ...dates }) });
    },
    told: /^tls-expired: the issuing certificate Old Middle expired 1 day ago/,
    facts: { 'days-left': -2 },
  },
  {
    name: 'made for clients',
    make: () => site.leaf({ usage: 'client' }),
    told: /^tls-untrusted: the certificate is not made for servers/,
  },
];

test.each(WRONG)('a certificate $name has its own cause, and its facts', async ({ make, told, facts: more }) => {
  const seen = await site.judged(await make());
  expect(seen.told).toMatch(told);
  expect(seen.facts).toMatchObject({ verified: false, subject: 'CN=a.test', ...more });
  expect(Object.hasOwn(seen.facts, 'path-days-left')).toBe(false);
});

test('all that is wrong with a certificate is told, the time first', async () => {
  const made = await site.leaf({ authority: null, names: ['b.test'], notBefore: days(-90), notAfter: days(-1.5) });
  expect((await site.judged(made)).told).toMatch(/^tls-expired: .* expired .*; .* is for b\.test, .*; .* self-signed$/);
});

test('a chain out of order, without a subject, or with very many names is in order', async () => {
  const middle = await makeAuthority({ name: 'Middle', authority: site.root });
  const made = await site.leaf({ authority: middle });
  const mixed = await site.judged({ ...made, chain: `${made.cert}${site.root.cert}${middle.cert}` });
  expect(mixed.told).toBe('verified');
  expect(mixed.facts).toMatchObject({
    chain: ['CN=a.test', 'CN=Test Root', 'CN=Middle'],
    path: ['CN=a.test', 'CN=Middle', 'CN=Test Root'],
  });
  expect((await site.judged(await site.leaf({ subject: '' }))).told).toBe('verified');
  const names = Array.from({ length: 2000 }, (_, index) => `n${index}.test`);
  const many = await site.judged(await site.leaf({ names: ['a.test', ...names] }));
  expect(many.told).toBe('verified');
  expect(many.facts['sans']).toHaveLength(100);
});

test('a wildcard stands for one label', async () => {
  const certificate = await makeCertificate({ authority: site.root, names: ['*.w.test'] });
  expect((await site.judged(certificate, { servername: 'a.w.test' })).told).toBe('verified');
  expect((await site.judged(certificate, { servername: 'a.b.w.test' })).told).toMatch(
    /^tls-wrong-host: .*not for a\.b\.w\.test$/,
  );
  expect((await site.judged(certificate, { servername: 'w.test' })).told).toMatch(/^tls-wrong-host/);
});

test('an address must be among the addresses of the certificate', async () => {
  const server = await site.serve(site.good);
  const facts = await look({ host: `127.0.0.1:${server.port}`, ca: site.root.cert }, contextFor());
  expect(facts['verified']).toBe(true);
  const named = await site.serve(await makeCertificate({ authority: site.root, names: ['a.test'] }));
  const other = await look({ host: `127.0.0.1:${named.port}`, ca: site.root.cert }, contextFor());
  expect(other).toMatchObject({
    verified: false,
    code: 'tls-wrong-host',
    cause: expect.stringContaining('not for 127.0.0.1'),
  });
});

test('the expiry of the path is that of the trusted site.root when the presented chain lasts longer', async () => {
  const brief = await makeAuthority({ name: 'Brief Root', notAfter: days(10.5) });
  const { facts } = await site.judged(
    await makeCertificate({ authority: brief, names: ['a.test'], notAfter: days(60.5) }),
    {
      ca: brief.cert,
    },
  );
  expect(facts).toMatchObject({ verified: true, 'days-left': 60, 'path-days-left': 10 });
});

test('hostile text in a certificate is told in visible characters', async () => {
  const certificate = await makeCertificate({
    authority: site.root,
    names: ['a.test', 'x\u0000.test', 'y\u001b[31m, forged.test'],
    subject: 'CN=a.test\u0000evil\u001b[31m<script>\u202e',
  });
  const { facts } = await site.judged(certificate);
  expect(facts['subject']).toContain('evil');
  expect(facts['sans']).not.toContain('forged.test');
  const shown = [facts['subject'], facts['sans']].flat().join('');
  expect(shown).not.toMatch(/[\p{C}]/u);
});
