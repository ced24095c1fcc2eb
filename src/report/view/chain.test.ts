import { expect, test } from 'vitest';
import { passed } from '../../../tests/golden/reports/build.ts';
import { chainsOf } from './chain.ts';

const chains = (
  facts: Parameters<typeof passed>[2] extends infer C ? (C extends { facts?: infer F } ? F : never) : never,
) => chainsOf(passed('a', 1, { facts: facts ?? {} }));

test('a loop that the probe folded is shown as it tells it', () => {
  expect(chains({ loop: 'https://a/ --308--> https://a/  (loop of 1)', 'chain-text': 'other', chain: [] })).toEqual([
    'https://a/ --308--> https://a/  (loop of 1)',
  ]);
});

test('hops are joined when there is no text, and a single hop is no chain', () => {
  const first = { url: 'http://a/', status: 301, location: 'https://a/' };
  expect(chains({ chain: [first, { url: 'https://a/', status: 200 }] })).toEqual([
    'http://a/ --301--> https://a/  (200)',
  ]);
  expect(chains({ chain: [first, { url: 'https://a/' }] })).toEqual(['http://a/ --301--> https://a/  (no answer)']);
  expect(chains({ chain: [{ url: 'https://a/', status: 200 }], 'chain-text': 'https://a/  (200)' })).toEqual([]);
});

test('each variant of a domain has its chain, equal ones are shown once', () => {
  const hops = [
    { url: 'http://a/', status: 301 },
    { url: 'https://a/', status: 200 },
  ];
  expect(chains({ chains: [{ hops }, { hops }, { text: 'x --308--> x' }] })).toEqual([
    'http://a/ --301--> https://a/  (200)',
    'x --308--> x',
  ]);
});

test('facts of any other shape give no chain and no error', () => {
  for (const odd of [null, 1, 'x', [], {}, [null], { hops: 1 }, [{ hops: [1, 2] }]]) {
    expect(() => chains({ chain: odd, chains: odd, loop: odd })).not.toThrow();
  }
});

test('a chain that the message tells is not told again', () => {
  const loop = 'https://a/ --308--> https://a/  (loop of 1)';
  expect(chainsOf(passed('a', 1, { message: `redirect loop: ${loop}`, facts: { loop } }))).toEqual([]);
});

test('a chain of certificates is no chain of redirects', () => {
  expect(chains({ chain: ['CN=a.test', 'CN=Test Root'] })).toEqual([]);
});
