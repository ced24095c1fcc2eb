import { expect, test } from 'vitest';
import { newAddressRule } from './watch-addresses.ts';

const judged = (...addresses: readonly string[]): readonly (string | undefined)[] => {
  const rule = newAddressRule();
  return addresses.map((address) => rule(address, 'http://a.example/?token=x')?.code);
};

test('a page at a public address may not lead inside, and one that is inside may go on there', () => {
  expect(judged('93.184.216.34', '93.184.216.35', '10.0.0.1')).toEqual([undefined, undefined, 'redirect-private']);
  expect(judged('2606:2800:220:1::1', '169.254.169.254')).toEqual([undefined, 'redirect-private']);
  expect(judged('10.0.0.1', '10.0.0.2', '93.184.216.34')).toEqual([undefined, undefined, undefined]);
  expect(judged('127.0.0.1', '169.254.169.254')).toEqual([undefined, 'redirect-private']);
});

test('the address that it leads to is told without its secrets', () => {
  const rule = newAddressRule();
  rule('93.184.216.34', 'http://a.example/');
  expect(rule('127.0.0.1', 'http://b.example/?token=x')?.message).toBe(
    'the page leads from a public address to a loopback one, which allow-private would permit: http://b.example/?token=***',
  );
});
