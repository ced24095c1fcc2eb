import { describe, expect, it } from 'vitest';
import { load, type Given } from '../../../tests/load-texts.ts';
import { signedText } from './signed-text.ts';

const CHECKS = 'version: 1\nchecks: { api: { http: https://example.com/ } }\n';
const HASH = 'b'.repeat(64);
const DEFINITION = 'a'.repeat(64);

const entry = (more = '', by = 'ada'): string =>
  `- item: token\n  by: ${by}\n  at: 2026-11-20T12:00:00Z\n  definition: ${DEFINITION}\n${more}`;

const loaded = (
  signOffs: string | null,
  given: Omit<Given, 'files'> = {},
  manual = 'token: { title: The token is set }',
) =>
  load({
    ...given,
    files: {
      'gonogo.yaml': `${CHECKS}manual:\n  ${manual}\n`,
      ...(signOffs === null ? {} : { 'signoffs.yaml': signOffs }),
    },
  });

const signOffsOf = async (...parameters: Parameters<typeof loaded>) => {
  const answer = await loaded(...parameters);
  if (!answer.ok) throw new Error(answer.problems.map(({ message }) => message).join('; '));
  return answer.config.manual[0]?.signOffs ?? [];
};

const problemsOf = async (...parameters: Parameters<typeof loaded>) => {
  const answer = await loaded(...parameters);
  return answer.ok
    ? []
    : answer.problems.map(({ message, position }) => `${position?.file}:${position?.line} ${message}`);
};

/** The digest under which a sign-off of the item fits. */
const digestOf = async (manual: string, given: Omit<Given, 'files'> = {}) => {
  const answer = await loaded(null, given, manual);
  return answer.ok ? answer.config.manual[0]?.digest : undefined;
};

describe('the file of sign-offs', () => {
  it('that is not there, is empty or holds only comments holds none', async () => {
    for (const text of [null, '', '# nobody yet\n', '[]\n']) expect(await signOffsOf(text)).toEqual([]);
  });

  it('keeps entries in their order, each for its item', async () => {
    const other = entry().replace('token', 'beacon');
    const read = await signOffsOf(entry('  note: looked at it\n') + other + entry('  revoked: true\n', 'grace'));
    expect(read).toMatchObject([
      { by: 'ada', note: 'looked at it', revoked: false, choice: null, evidence: null, signature: null },
      { by: 'grace', revoked: true },
    ]);
  });

  it.each([
    ['a mapping', 'item: token\n', 'sign-offs are a list of entries'],
    ['a text', 'nobody\n', 'sign-offs are a list of entries'],
    ['cut in the middle', `${entry()}- item: "tok`, 'the double quote is never closed'],
    ['two documents', `${entry()}---\n${entry()}`, 'a second document starts here'],
    ['the marks of a merge', `<<<<<<< ours\n${entry()}=======\n${entry()}>>>>>>> theirs\n`, ''],
  ])('that is %s is refused, not left out', async (_, text, said) => {
    const problems = await problemsOf(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatch(/^signoffs\.yaml:/);
    expect(problems.join('\n')).toContain(said);
  });

  it('is the one that the file names, beside it', async () => {
    const files = {
      'gonogo.yaml': `${CHECKS}sign-offs: people/signed.yaml\nmanual: { token: { title: The token is set } }\n`,
      'people/signed.yaml': entry(`  evidence: { file: shot.png, sha256: ${HASH} }\n`),
    };
    const answer = await load({ files, hashes: { 'people/shot.png': HASH } });
    expect(answer).toMatchObject({ ok: true, config: { signOffsFile: 'people/signed.yaml' } });
    expect(answer.ok && answer.config.manual[0]?.signOffs[0]?.evidence?.state).toBe('same');
  });
});

describe('a word that is not what it seems', () => {
  it.each(['yes', '"true"', '1', 'on', 'null', '~', '[true]'])(
    'revoked: %s is refused, and is no sign-off',
    async (word) => {
      expect(await problemsOf(entry(`  revoked: ${word}\n`))).toEqual([
        'signoffs.yaml:5 revoked is true or is left out',
      ]);
    },
  );

  it('a key that is misspelt is refused', async () => {
    expect(await problemsOf(entry('  revoke: true\n'))).toEqual(['signoffs.yaml:5 unknown key "revoke"']);
  });
});

describe('evidence', () => {
  const withEvidence = (file: string) => entry(`  evidence: { file: ${JSON.stringify(file)}, sha256: ${HASH} }\n`);

  it.each([
    [{ 'shot.png': HASH }, 'same'],
    [{ 'shot.png': 'c'.repeat(64) }, 'changed'],
    [{}, 'missing'],
  ])('is held against what the file is now: %j is %s', async (hashes, state) => {
    expect((await signOffsOf(withEvidence('shot.png'), { hashes }))[0]?.evidence).toEqual({
      file: 'shot.png',
      sha256: HASH,
      state,
    });
  });

  it('may lie in another folder', async () => {
    const hashes = { '../shots/a.png': HASH };
    expect((await signOffsOf(withEvidence('../shots/a.png'), { hashes }))[0]?.evidence?.state).toBe('same');
  });

  it.each(['/etc/passwd', 'C:/shot.png', '\\\\server\\shot.png', 'a\u0000b', '', 'a\nb'])(
    'is none by the path %j',
    async (file) => {
      expect(await problemsOf(withEvidence(file), { hashes: { [file]: HASH } })).toEqual([
        'signoffs.yaml:5 evidence is a file, by its path from here, and its sha256',
      ]);
    },
  );
});

describe('what a sign-off is bound to', () => {
  it('is the definition of the item, whatever the order of its keys', async () => {
    const one = await digestOf('token: { title: The token is set, valid-for: 30d }');
    expect(await digestOf('token: { valid-for: 30d, title: The token is set }')).toBe(one);
    expect(await digestOf('token: { title: The token is set., valid-for: 30d }')).not.toBe(one);
    expect(await digestOf('token: { title: The token is set, valid-for: 31d }')).not.toBe(one);
    expect(await digestOf('token: { title: The token is set }')).not.toBe(one);
  });

  it('is what the text says once its placeholders are filled', async () => {
    const of = (site: string) =>
      digestOf('token: { title: "The token of ${env.SITE} is set" }', { environment: { SITE: site } });
    expect(await of('staging')).toBe(await of('staging'));
    expect(await of('staging')).not.toBe(await of('production'));
    expect(await of('staging')).toBe(await digestOf('token: { title: "The token of staging is set" }'));
  });

  it('makes an older sign-off no longer fit', async () => {
    const digest = await digestOf('token: { title: The token is set }');
    const signed = entry().replace(DEFINITION, digest ?? '');
    expect((await signOffsOf(signed))[0]?.sameItem).toBe(true);
    expect((await signOffsOf(signed, {}, 'token: { title: The tokens are set }'))[0]?.sameItem).toBe(false);
  });
});

describe('what a signature is made on', () => {
  const written = {
    item: 'token',
    by: 'ada',
    at: '2026-11-20T12:00:00Z',
    revoked: false,
    choice: null,
    note: null,
    definition: DEFINITION,
    evidence: { file: 'shot.png', sha256: HASH },
    signature: 'x',
  };

  it('is all of the entry but the signature', () => {
    const text = signedText(written);
    expect(signedText({ ...written, signature: null })).toBe(text);
    for (const other of [
      { item: 'beacon' },
      { by: 'grace' },
      { at: '2026-11-20T12:00:01Z' },
      { revoked: true },
      { choice: 'aws' },
      { note: 'x' },
      { definition: HASH },
      { evidence: null },
      { evidence: { file: 'shot.png', sha256: DEFINITION } },
    ]) {
      expect(signedText({ ...written, ...other })).not.toBe(text);
    }
  });

  it('says what kind of thing it is', () => {
    expect(signedText(written)).toMatch(/^gonogo sign-off 1\n\{"at":/);
  });
});
