import { expect, it } from 'vitest';
import { byteSize, printable, printableBytes } from './printable.ts';

it('escapes what acts in a terminal or hides in a text, and cuts the rest', () => {
  expect(printable('a\u001b[31m\u202eb\u0000é\n', 100)).toBe('a\\u{1b}[31m\\u{202e}b\\u{0}é\\u{a}');
  expect(printable('x'.repeat(50), 10)).toBe(`${'x'.repeat(10)}…`);
});

it('shows bytes as ASCII or escaped, at most so many', () => {
  expect(printableBytes(Buffer.from('SSH\\\r\n\t\x00\xff', 'latin1'), 40)).toBe('SSH\\\\\\r\\n\\t\\x00\\xff');
  expect(printableBytes(Buffer.alloc(50, 65), 40)).toBe(`${'A'.repeat(40)}…`);
});

it.each([
  [65_536, '64 KiB'],
  [10 * 1024 * 1024, '10 MiB'],
  [1000, '1000 bytes'],
  [1, '1 byte'],
])('writes %i as %s', (bytes, text) => {
  expect(byteSize(bytes)).toBe(text);
});
