import { expect, test } from 'vitest';
import { isOfTheHost } from './of-the-host.ts';

test.each([
  ['connect-refused', 'tcp', true],
  ['tls-expired', 'tls', true],
  ['http-5xx', 'http', true],
  ['http-4xx', 'http', false],
  ['assertion-failed', 'content', false],
  ['needs-failed', 'run', false],
  [null, null, false],
] as const)('%s at the layer %s tells of the whole host: %s', (code, layer, expected) => {
  expect(isOfTheHost(code, layer)).toBe(expected);
});
