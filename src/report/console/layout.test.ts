import { expect, test } from 'vitest';
import { layOut } from './layout.ts';
import { row, span, wholeRow } from './span.ts';

const sheet = { width: 40, colour: false, unicode: true };

test('a row wraps at blanks, hangs below its opening, and breaks only a word that fits on no line', () => {
  expect(layOut([row([span('= a  ')], [span(`${'word '.repeat(8)}${'x'.repeat(40)}`)])], sheet)).toBe(
    `= a  word word word word word word word\n     word\n     ${'x'.repeat(35)}\n     xxxxx\n`,
  );
});

test('wide characters count as two columns', () => {
  expect(layOut([row([span('= ')], [span('日'.repeat(25))])], sheet)).toBe(
    `= ${'日'.repeat(19)}\n  ${'日'.repeat(6)}\n`,
  );
});

test('what stands right is set at the edge, or below when there is no room', () => {
  expect(layOut([row([span('GO  ')], [span('name')], [span('4.2 s')])], sheet)).toBe(
    `GO  name${' '.repeat(27)}4.2 s\n`,
  );
  expect(layOut([row([span('GO  ')], [span('n'.repeat(34))], [span('4.2 s')])], sheet)).toBe(
    `GO  ${'n'.repeat(34)}\n    4.2 s\n`,
  );
});

test('a whole row is one line, however long', () => {
  expect(layOut([wholeRow([span('= ')], [span('curl '.repeat(20).trim())])], sheet)).toBe(
    `= ${'curl '.repeat(20).trim()}\n`,
  );
});

test('text cannot break out of its line, and is bounded', () => {
  expect(layOut([row([span('= ')], [span('a\n::error::b')])], sheet)).toBe('= a^J::error::b\n');
  expect(layOut([wholeRow([span('= ')], [span('x'.repeat(5000))])], sheet)).toContain('... (3000 more characters)');
});

test('a wrapped line cannot begin with a command for the log', () => {
  expect(layOut([row([span('= ')], [span(`${'x'.repeat(37)} ::error::b`)])], sheet)).toBe(
    `= ${'x'.repeat(37)}\n  \\x3a:error::b\n`,
  );
});
