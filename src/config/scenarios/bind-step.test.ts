import { describe, expect, it } from 'vitest';
import { configOf } from '../../../tests/load-texts.ts';
import type { Json } from '../../model/json.ts';

const FIRST =
  'http: http://a.example/\n        capture: { id: $.id, other: $.other, token: { json: $.token, secret: true } }';

/** What a second step becomes once the first has captured these values. */
const bound = async (step: string, captured: { readonly [name: string]: Json }, more = '') => {
  const text = `secrets: [TOKEN_OF_SMOKE]\nscenarios:\n  flow:\n    steps:\n      - ${FIRST}\n      - ${step}\n${more}`;
  const { scenarios } = await configOf(text, {
    environment: { TOKEN_OF_SMOKE: 'canary-of-smoke', OTHER: 'https://b.example' },
  });
  const second = scenarios[0]?.steps[1];
  if (second === undefined) throw new Error('there is no second step');
  const made = second.bind(captured);
  return made.ok ? { ...made, problem: '' } : { ...made, check: null };
};

const asking = (expected: string) => `{ http: http://a.example/, expect: ${expected} }`;

describe('a captured value', () => {
  it('keeps its type where it stands alone, and is a text inside of one', async () => {
    const step = '{ http: { url: http://a.example/, json: { id: "${captured.id}", note: "no ${captured.id}" } } }';
    const { check } = await bound(step, { id: 7 });
    expect(check?.spec).toMatchObject({ json: { id: 7, note: 'no 7' } });
  });

  it('is never read for placeholders', async () => {
    const step = '{ http: { url: http://a.example/, json: { id: "${captured.id}", note: "x${captured.id}" } } }';
    const value = '${secret.TOKEN_OF_SMOKE} ${env.HOME} ${captured.other} $${x}';
    expect((await bound(step, { id: value, other: 'o' })).check?.spec).toMatchObject({
      json: { id: value, note: `x${value}` },
    });
  });

  it('that was not captured is told', async () => {
    expect((await bound('{ http: "http://a.example/${captured.id}" }', {})).problem).toBe('"id" was not captured');
    expect((await bound('{ http: "http://a.example/${captured.id}" }', { constructor: 1 })).ok).toBe(false);
  });

  it.each([[{ a: 1 }], [[1, 2]], [null]])('that is no text cannot stand inside of one: %j', async (id) => {
    const { problem } = await bound('{ http: "http://a.example/${captured.id}" }', { id });
    expect(problem).toContain('is no text, number or boolean');
  });

  it.each(['multipart: { note: "${captured.id}" }', 'query: { a: "${captured.id}" }', 'form: { a: "${captured.id}" }'])(
    'that is a mapping is no more than a value: %s',
    async (body) => {
      const { problem } = await bound(`{ http: { url: http://a.example/, ${body} } }`, { id: { file: '/etc/passwd' } });
      expect(problem).toBe('"id" is a mapping, which would be more than a value here');
    },
  );

  it('that is a mapping is sent where any JSON is', async () => {
    const step = '{ mcp: { url: http://a.example/, tool: a, arguments: { filter: "${captured.id}" } } }';
    expect((await bound(step, { id: { a: [1] } })).check?.spec).toMatchObject({ arguments: { filter: { a: [1] } } });
  });

  it('that does not fit the schema is told without showing it', async () => {
    const { problem } = await bound('{ http: { url: "http://a.example/", method: "${captured.id}" } }', { id: 'A B' });
    expect(problem).toMatch(/^what was captured does not fit: /);
    expect(problem).not.toContain('A B');
  });

  it.each(['a\r\nX-Admin: 1', 'a\nb', 'a\u0000', '\u007f'])('adds no header: %j', async (id) => {
    const step = '{ http: { url: http://a.example/, headers: { x-id: "${captured.id}" } } }';
    expect((await bound(step, { id })).problem).toContain('a header cannot have');
  });

  it('is a number where one is wanted', async () => {
    expect((await bound('{ tcp: { host: a.example, port: "${captured.id}" } }', { id: '8080' })).check?.spec).toEqual({
      host: 'a.example',
      port: 8080,
    });
    expect((await bound('{ tcp: { host: a.example, port: "${captured.id}" } }', { id: '0' })).ok).toBe(false);
  });
});

describe('a captured value in what is expected', () => {
  it.each([[{ exists: true }], [{ any: [{ exists: true }] }], [{ matches: '.*' }], [{ id: 1 }], [[1, 2]], [null]])(
    'is equal or not, whatever matcher it looks like: %j',
    async (id) => {
      const { check } = await bound(asking('{ $.id: "${captured.id}" }'), { id });
      expect(check?.expectations[0]).toMatchObject({ fact: '$.id', matcher: 'equals', expected: id });
    },
  );

  it('is a value under equals, in and contains', async () => {
    const id = { exists: true };
    const step = asking(
      '{ $.a: { equals: "${captured.id}" }, $.b: { in: ["${captured.id}"] }, $.c: { contains: "${captured.id}" } }',
    );
    expect((await bound(step, { id })).check?.expectations.slice(0, 3)).toMatchObject([
      { matcher: 'equals', expected: id },
      { matcher: 'in', expected: [id] },
      { matcher: 'contains', expected: id },
    ]);
  });

  it.each([
    '{ $.a: { not: "${captured.id}" } }',
    '{ $.a: { any: ["${captured.id}"] } }',
    '{ $.a: { schema: "${captured.id}" } }',
  ])('makes no matcher inside of one: %s', async (expected) => {
    const { problem } = await bound(asking(expected), { id: { exists: false } });
    expect(problem).toContain('stands under equals');
  });

  it('is no status of its own', async () => {
    expect((await bound(asking('{ status: "${captured.id}" }'), { id: 201 })).ok).toBe(true);
    expect((await bound(asking('{ status: "${captured.id}" }'), { id: '2xx' })).problem).toContain('is no status');
    expect((await bound(asking('{ status: { in: [204, "${captured.id}"] } }'), { id: '5XX' })).ok).toBe(false);
  });

  it('stands for itself in a pattern', async () => {
    const { check } = await bound(asking('{ body: { matches: "^id-${captured.id}$" } }'), { id: '.*' });
    expect(check?.expectations[0]).toMatchObject({ matcher: 'matches', expected: String.raw`^id-\.\*$` });
  });
});

describe('a captured value on a command line', () => {
  it.each(['--upload-pack=touch x', '-rf'])('is no option: %s', async (id) => {
    const step = '{ command: { argv: [git, show, "${captured.id}"] } }';
    expect((await bound(step, { id })).problem).toContain('would take it for an option');
  });

  it('is an argument as it stands', async () => {
    const step = '{ command: { argv: [git, show, "--format=${captured.id}", "${captured.other}"] } }';
    const { check } = await bound(step, { id: '-x', other: '$(touch x); `y` "z"' });
    expect(check?.spec).toEqual({ argv: ['git', 'show', '--format=-x', '$(touch x); `y` "z"'] });
  });

  it('has no NUL', async () => {
    expect((await bound('{ command: { argv: [cat, "${captured.id}"] } }', { id: 'a\u0000b' })).ok).toBe(false);
  });
});

describe('a captured value in the name of a file', () => {
  it.each(['../secret', 'a/b', '*', '.', '..', '', 'a\\b', '{a,b}'])('leads nowhere else: %j', async (id) => {
    const { problem } = await bound('{ files: { glob: "out/${captured.id}" } }', { id });
    expect(problem).toContain('is no plain name of a file');
  });

  it('is that name', async () => {
    const { check } = await bound('{ files: { glob: "out/${captured.id}.json" } }', { id: 'report-7' });
    expect(check?.spec).toEqual({ glob: 'out/report-7.json' });
  });
});

describe('a captured address', () => {
  const secret = '{ http: { url: "${captured.id}", auth: { bearer: "${secret.TOKEN_OF_SMOKE}" } } }';

  it('of a stranger gets no secret', async () => {
    const { problem } = await bound(secret, { id: 'https://evil.example/x' });
    expect(problem).toBe(
      '"id" leads to https://evil.example, which no step of this scenario names, and this step sends secrets',
    );
    expect((await bound(secret, { id: 'http://a.example:8080/x' })).ok).toBe(false);
    expect((await bound(secret, { id: 'https://a.example/x' })).ok).toBe(false);
  });

  it('of a stranger gets no captured token', async () => {
    const step = '{ http: { url: "${captured.id}", auth: { bearer: "${captured.token}" } } }';
    expect((await bound(step, { id: 'https://evil.example/x', token: 'token-of-ada' })).ok).toBe(false);
    expect((await bound(step, { id: 'http://a.example/x', token: 'token-of-ada' })).ok).toBe(true);
  });

  it('that a step of the scenario names gets it', async () => {
    expect((await bound(secret, { id: 'http://a.example/next?page=2' })).ok).toBe(true);
    const more = '      - { http: "https://b.example/${captured.id}" }\n';
    expect((await bound(secret, { id: 'https://b.example/x' }, more)).ok).toBe(true);
  });

  it('that only an address with a captured value in it names gets it', async () => {
    const more = '      - { http: "${env.OTHER}/tasks/${captured.id}" }\n';
    expect((await bound(secret, { id: 'https://b.example/x' }, more)).ok).toBe(true);
  });

  it('without secrets may lead anywhere over http', async () => {
    expect((await bound('{ http: "${captured.id}" }', { id: 'https://c.example/' })).ok).toBe(true);
    expect((await bound('{ http: "${captured.id}" }', { id: 'file:///etc/passwd' })).ok).toBe(false);
  });
});
