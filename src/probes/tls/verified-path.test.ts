import { X509Certificate } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { type Authority, makeAuthority, makeCertificate } from '../../../tests/stack/certificates.ts';
import { defaultRoots, rootsFromPem, verifiedPath } from './verified-path.ts';

const DAY_MS = 86_400_000;
const days = (count: number): Date => new Date(Date.now() + count * DAY_MS);

let root: Authority;
let middle: Authority;

beforeAll(async () => {
  root = await makeAuthority({ name: 'Root', notAfter: days(1000) });
  middle = await makeAuthority({ name: 'Middle', authority: root, notAfter: days(500) });
});

const read = (...pems: readonly string[]) => pems.map((pem) => new X509Certificate(pem));
const subjects = (path: ReturnType<typeof verifiedPath>) => path?.certificates.map(({ subject }) => subject) ?? null;

test('a path ends at the first trusted certificate and lasts as long as its weakest one', async () => {
  const { cert } = await makeCertificate({ authority: middle, names: ['a.test'], notAfter: days(90) });
  const path = verifiedPath(read(cert, middle.cert), rootsFromPem(root.cert));
  expect(subjects(path)).toEqual(['CN=a.test', 'CN=Middle', 'CN=Root']);
  expect(path?.until).toEqual(new X509Certificate(cert).validToDate);
  expect(subjects(verifiedPath(read(cert, middle.cert), rootsFromPem(middle.cert)))).toEqual([
    'CN=a.test',
    'CN=Middle',
  ]);
});

test('of two paths the one that lasts longer is found', async () => {
  const { cert } = await makeCertificate({ authority: middle, names: ['a.test'], notAfter: days(90) });
  const roots = rootsFromPem(`${root.cert}${middle.cert}`);
  expect(subjects(verifiedPath(read(cert, middle.cert), roots))).toEqual(['CN=a.test', 'CN=Middle']);
});

test('there is no path without its intermediate, its root, or any certificate', async () => {
  const { cert } = await makeCertificate({ authority: middle, names: ['a.test'] });
  expect(verifiedPath(read(cert), rootsFromPem(root.cert))).toBeNull();
  expect(verifiedPath(read(cert, middle.cert), rootsFromPem(''))).toBeNull();
  expect(verifiedPath([], rootsFromPem(root.cert))).toBeNull();
});

test('a name alone makes no issuer', async () => {
  const impostor = await makeAuthority({ name: 'Root' });
  const { cert } = await makeCertificate({ authority: impostor, names: ['a.test'] });
  expect(verifiedPath(read(cert), rootsFromPem(root.cert))).toBeNull();
});

test('the roots of this machine are read', () => {
  expect(defaultRoots().size).toBeGreaterThan(20);
});
