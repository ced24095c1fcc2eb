import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signText, verifySignature } from './ssh-signature.ts';

let folder: string;
let allowedSigners: string;
const TEXT = 'gonogo sign-off 1\n{"item":"token"}\n';
const keyOf = (name: string): string => join(folder, name);
const publicKeyOf = (name: string): string => readFileSync(`${keyOf(name)}.pub`, 'utf8').trim();

const makeKey = (name: string, type = 'ed25519'): void => {
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', name, '-f', keyOf(name)]);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-keys-'));
  for (const name of ['ada', 'mallory']) makeKey(name);
  makeKey('grace', 'ecdsa');
  allowedSigners = join(folder, 'allowed_signers');
  writeFileSync(
    allowedSigners,
    [
      `ada ${publicKeyOf('ada')}`,
      `grace namespaces="gonogo" ${publicKeyOf('grace')}`,
      `alan namespaces="git" ${publicKeyOf('ada')}`,
      `old valid-before="20200101" ${publicKeyOf('ada')}`,
      '',
    ].join('\n'),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sign = async (name: string, text = TEXT): Promise<string> => {
  const signed = await signText(text, keyOf(name), process.env);
  return signed.ok ? signed.signature : `not signed: ${signed.reason}`;
};
const verify = (signature: string, by: string, text = TEXT) =>
  verifySignature({ text, signature, by, allowedSigners }, process.env);

describe('a signature', () => {
  it.each(['ada', 'grace'])('by the key of %s is good', async (name) => {
    const signature = await sign(name);
    expect(signature).toMatch(/^[A-Za-z0-9+/]+=*$/);
    expect(await verify(signature, name)).toBeNull();
  });

  it('is bad for another text, another name, another key, another purpose, or a key whose time is over', async () => {
    const signature = await sign('ada');
    expect(await verify(signature, 'ada', `${TEXT} `)).toContain('incorrect signature');
    expect(await verify(signature, 'grace')).not.toBeNull();
    expect(await verify(await sign('mallory'), 'ada')).not.toBeNull();
    expect(await verify(signature, 'alan')).not.toBeNull();
    expect(await verify(signature, 'old')).not.toBeNull();
    expect(await verify(signature, '*')).not.toBeNull();
    expect(await verify(signature, '-n')).not.toBeNull();
  });

  it('that was made for another namespace is bad', async () => {
    const file = join(folder, 'text');
    writeFileSync(file, TEXT);
    execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-f', keyOf('ada'), '-n', 'git', file]);
    const lines = readFileSync(`${file}.sig`, 'utf8').trim().split('\n').slice(1, -1);
    expect(await verify(lines.join(''), 'ada')).not.toBeNull();
  });

  it.each(['', 'x', 'AAAA', '-----BEGIN', 'a\nb', '\u0000'])('that is %j is bad', async (signature) => {
    expect(await verify(signature, 'ada')).not.toBeNull();
  });

  it('is bad where the file of allowed signers is gone', async () => {
    const given = { text: TEXT, signature: await sign('ada'), by: 'ada', allowedSigners: join(folder, 'gone') };
    expect(await verifySignature(given, process.env)).not.toBeNull();
  });
});

describe('without the program or the key', () => {
  it('a signature is not good, and says why', async () => {
    const given = { text: TEXT, signature: await sign('ada'), by: 'ada', allowedSigners };
    expect(await verifySignature(given, { PATH: folder })).toBe(
      'ssh-keygen is not on this machine, so no signature can be checked or made',
    );
  });

  it('nothing is signed, and the answer says why', async () => {
    expect(await signText(TEXT, keyOf('ada'), { PATH: folder })).toMatchObject({ ok: false });
    const gone = await signText(TEXT, keyOf('gone'), process.env);
    expect(gone).toEqual({ ok: false, reason: expect.stringContaining('No such file') });
    expect(await signText(TEXT, allowedSigners, process.env)).toMatchObject({ ok: false });
  });
});
