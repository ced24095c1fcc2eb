import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeAuthority } from '../../../tests/stack/certificates.ts';
import { readPemFiles } from './pem-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'gonogo-pem-'));
afterAll(() => rm(folder, { recursive: true }));

test('a path starts at the folder of the file that names it, and an absolute one stays', async () => {
  const { cert } = await makeAuthority();
  await writeFile(join(folder, 'ca.pem'), cert);
  expect(await readPemFiles({ ca: 'ca.pem' }, folder)).toEqual({ ca: cert });
  expect(await readPemFiles({ ca: join(folder, 'ca.pem') }, '/elsewhere')).toEqual({ ca: cert });
  await expect(readPemFiles({ ca: 'ca.pem' }, '/elsewhere')).rejects.toMatchObject({ code: 'missing-credential' });
});
