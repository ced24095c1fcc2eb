import { describe, expect, test } from 'vitest';
import { answerOf, stillContext, to } from '../engine/redirect-test-site.ts';
import { domain } from './kind.ts';
import type { Spec } from './schema.ts';
import { variantsOf } from './variants.ts';
import { walkVariants } from './walk.ts';

describe('the variants of a domain', () => {
  const urls = (spec: Spec) => variantsOf(spec).map(({ url, optional }) => `${url.href}${optional ? ' optional' : ''}`);

  test('are all four, www only if it exists', () => {
    expect(urls({ name: 'shop.test' })).toEqual([
      'http://shop.test/',
      'https://shop.test/',
      'http://www.shop.test/ optional',
      'https://www.shop.test/ optional',
    ]);
  });

  test('are all asked for when the name has a www', () => {
    expect(urls({ name: 'www.shop.test' }).at(-1)).toBe('https://www.shop.test/');
  });

  test('go by the canonical name, however its www is written', () => {
    for (const name of ['WWW.MÜNCHEN.test', 'www。münchen.test', 'www.xn--mnchen-3ya.test']) {
      expect(urls({ name })).toEqual([
        'http://xn--mnchen-3ya.test/',
        'https://xn--mnchen-3ya.test/',
        'http://www.xn--mnchen-3ya.test/',
        'https://www.xn--mnchen-3ya.test/',
      ]);
    }
  });

  test('are those that are listed, on the ports that are given', () => {
    const spec: Spec = { name: 'shop.test', variants: ['https-www', 'http-apex'], 'http-port': 81, 'https-port': 444 };
    expect(urls(spec)).toEqual(['https://www.shop.test:444/', 'http://shop.test:81/']);
  });

  test('have no www when the name is an address', () => {
    expect(urls({ name: '127.0.0.1' })).toEqual(['http://127.0.0.1/', 'https://127.0.0.1/']);
  });
});

describe('problems that are known before looking', () => {
  test.each<[Spec, string]>([
    [{ name: 'https://shop.test/' }, 'name'],
    [{ name: 'shop.test:8080' }, 'name'],
    [{ name: 'shop..test' }, 'name'],
    [{ name: 'www.' }, 'name'],
    [{ name: 'shop.test', 'lands-on': 'shop.test' }, 'lands-on'],
    [{ name: 'shop.test', 'lands-on': 'http://shop.test/' }, 'lands-on'],
    [{ name: 'shop.test', 'connect-to': '127.0.0.1:80' }, 'connect-to'],
    [{ name: 'shop.test', resolver: '127.0.0.1' }, 'resolver'],
    [{ name: 'shop.test', variants: ['http-apex'], hsts: true }, 'hsts'],
  ])('%j', (spec, path) => expect(domain.problems(spec).map((problem) => problem.path.join('.'))).toEqual([path]));

  test('are none for a plain name', () => expect(domain.problems({ name: 'shop.test' })).toEqual([]));
});

test('connect-to holds for the domain and its www, and for no other host', async () => {
  const asked: string[] = [];
  const spec: Spec = {
    name: 'shop.test',
    'connect-to': '127.0.0.1',
    'https-port': 8443,
    variants: ['https-apex', 'https-www'],
  };
  await walkVariants(spec, variantsOf(spec), stillContext, (request) => {
    asked.push(`${request.url.hostname} -> ${JSON.stringify(request.connectTo)}`);
    return Promise.resolve(
      answerOf(request.url.hostname === 'other.test' ? { status: 200 } : to('https://other.test/')),
    );
  });
  expect(asked.toSorted()).toEqual([
    'other.test -> null',
    'other.test -> null',
    'shop.test -> {"host":"127.0.0.1","port":8443}',
    'www.shop.test -> {"host":"127.0.0.1","port":8443}',
  ]);
});
