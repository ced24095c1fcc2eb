import { describe, expect, it } from 'vitest';
import type { LaterPart } from '../interpolate.ts';
import { joinUrl } from './captured-url.ts';

const id = { captured: 'id' };
const join = (parts: readonly LaterPart[], value: string) => joinUrl(parts, () => value);

describe('a captured value in the path of a URL', () => {
  const url = ['http://a.example/tasks/', id, '/assign'];

  it.each(['7', 'a b', 'ümlaut', 'a/b', '%2Fescaped', 'x.y', '...', 'a;v=1', '@evil.example', '//evil.example'])(
    'stays in its path: %j',
    (value) => {
      const joined = join(url, value);
      expect(joined).toMatchObject({ ok: true, origin: null });
      expect(joined.ok && new URL(joined.url).origin).toBe('http://a.example');
      expect(joined.ok && new URL(joined.url).pathname).toMatch(/^\/tasks\/.*\/assign$/);
    },
  );

  it.each([
    ['', 'is an empty text'],
    ['..', '"." or ".."'],
    ['.', '"." or ".."'],
    ['../../admin', '"." or ".."'],
    ['7/..', '"." or ".."'],
    ['%2e%2E', '"." or ".."'],
    ['.%2e/x', '"." or ".."'],
    ['7?admin=1', 'has a "?"'],
    ['7#', 'has a "#"'],
    ['7\r\nX: y', 'no URL has'],
    ['7\tb', 'no URL has'],
    ['7\\..\\b', 'no URL has'],
    ['7\u0000', 'no URL has'],
    [' 7', 'no URL has'],
    ['7 ', 'no URL has'],
  ])('is refused when it would lead elsewhere: %j', (value, problem) => {
    const joined = join(url, value);
    expect(joined).toMatchObject({ ok: false });
    expect(joined.ok ? '' : joined.problem).toContain(problem);
  });

  it('may end in a query where nothing follows', () => {
    expect(join(['http://a.example', id], '/tasks?page=2')).toMatchObject({ ok: true, origin: null });
    expect(join(['http://a.example/', id], 'tasks?page=2#top')).toMatchObject({ ok: false });
  });

  it('does not make a part of a path with what stands beside it', () => {
    expect(join(['http://a.example/a/.', id, '/b'], '.')).toMatchObject({ ok: false });
    expect(join(['http://a.example/a/../b/', id], 'c')).toMatchObject({ ok: true });
  });
});

describe('a captured value in the query of a URL', () => {
  it.each(['7', 'a=b', 'a b', '../x'])('is taken as it is: %j', (value) => {
    expect(join(['http://a.example/?id=', id, '&n=1'], value)).toMatchObject({ ok: true });
  });

  it.each(['7&admin=1', '7#', 'a+b', '%41'])('is refused where it would mean something else: %j', (value) => {
    const joined = join(['http://a.example/?id=', id, '&n=1'], value);
    expect(joined.ok ? '' : joined.problem).toContain('write it under query:, which encodes it');
  });
});

describe('a captured value in the host of a URL', () => {
  it.each([
    [['http://', id, '/a'], 'b.example:80'],
    [['http://127.0.0.1:', id, '/a'], '8080'],
    [['http://', id, '.example/a'], 'eu'],
  ])('is a part of a name: %j', (parts, value) => {
    expect(join(parts, value)).toMatchObject({ ok: true, origin: 'id' });
  });

  it.each(['evil.example/', 'evil.example#', 'user@evil.example', 'evil.example?', 'a b', '%61'])(
    'is refused when it is more than that: %j',
    (value) => {
      expect(join(['http://', id, '.a.example/'], value)).toMatchObject({ ok: false });
    },
  );

  it('does not go on with a host that is written out', () => {
    expect(join(['http://a.example', id], '.evil.example')).toMatchObject({ ok: false });
    expect(join(['http://a.example', id], '?x=1')).toMatchObject({ ok: false });
    expect(join(['http://a.example', id], '/.evil.example')).toMatchObject({ ok: true, origin: null });
    expect(join(['http://a.example', id, '/x'], '.evil.example')).toMatchObject({ ok: true, origin: 'id' });
  });
});

describe('a URL that is captured whole', () => {
  it('says whose it is', () => {
    expect(join([id], 'https://b.example/x?y#z')).toEqual({ ok: true, url: 'https://b.example/x?y#z', origin: 'id' });
    expect(join([id, '/health'], 'https://b.example')).toMatchObject({ ok: true, origin: 'id' });
  });

  it('does not swallow what follows it', () => {
    expect(join([id, '/health'], 'https://b.example/?x=')).toMatchObject({ ok: false });
  });

  it('has an end', () => {
    expect(join([id], `http://a.example/${'x'.repeat(9000)}`)).toMatchObject({ ok: false });
  });
});
