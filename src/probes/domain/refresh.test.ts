import { expect, test } from 'vitest';
import { check, HEALTHY, OK, type Page, type Pages } from './test-shop.ts';

const refreshTo = (content: string, more = '<p>Welcome to the shop.</p>'): Pages => ({
  ...HEALTHY,
  'https://shop.test/': { ...OK, text: `<title>Shop</title><meta http-equiv="refresh" content="${content}">${more}` },
});

test('a domain whose page leads to another site is told so, as a warning', async () => {
  const { facts, broken, told } = await check(refreshTo('0; url=https://parking.test/?for=shop'), {
    'lands-on': 'https://shop.test/',
  });
  expect(broken).toEqual(['refresh.elsewhere']);
  expect(told).toEqual([
    'redirect-unexpected-target: the page leads its readers to another site: to https://parking.test/?for=shop at once, by meta refresh, which is not followed',
  ]);
  expect(facts).toMatchObject({ 'final-url': 'https://shop.test/', refresh: { only: true, source: 'meta' } });
});

test('one that leads back to plain http is told so as well', async () => {
  expect((await check(refreshTo('5; url=http://shop.test/'))).told).toEqual([
    'redirect-unexpected-target: the page leads its readers to another site: to http://shop.test/ after 5 s, by meta refresh, which is not followed',
  ]);
});

test.each(['0; url=/en/', '60', '0; url=https://www.shop.test/', '1;https://shop.test/'])(
  'one that stays on its site (%s) is right',
  async (content) => expect((await check(refreshTo(content))).broken).toEqual([]),
);

test('one that answers with nothing but a header is seen too', async () => {
  const page: Page = { status: 200, headers: [['refresh', '0; url=https://parking.test/']] };
  expect((await check({ ...HEALTHY, 'https://shop.test/': page })).broken).toEqual(['refresh.elsewhere']);
});

test('a canonical address is evidence, and nothing is asked of it', async () => {
  const text = '<title>Shop</title><link rel="canonical" href="https://other.test/shop"><p>Welcome</p>';
  const { facts, broken } = await check({ ...HEALTHY, 'https://shop.test/': { ...OK, text } });
  expect(facts['canonical']).toBe('https://other.test/shop');
  expect(broken).toEqual([]);
});
