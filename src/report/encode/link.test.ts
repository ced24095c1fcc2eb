import { expect, test } from 'vitest';
import { linkFrom, safeLink } from './link.ts';

test.each(['https://a.example/b#c', 'HTTP://a.example', 'docs/runbooks/a.md#b', '../a.md', '#b', 'a/b:c'])(
  '%s is offered',
  (address) => {
    expect(safeLink(address)).toBe(address);
  },
);

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  '//evil.example',
  '\\\\evil.example',
  '/\\evil.example',
  'https://',
  'https:///evil',
  'a\u202eb',
  '',
])('%j is not', (address) => {
  expect(safeLink(address)).toBeNull();
});

test('a relative address is meant from the working folder', () => {
  expect(linkFrom('../../', 'docs/a.md#b')).toBe('../../docs/a.md#b');
  expect(linkFrom('../../', 'https://a.example/')).toBe('https://a.example/');
  expect(linkFrom('../../', 'javascript:x')).toBeNull();
});
