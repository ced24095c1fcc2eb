import { expect, test } from 'vitest';
import { excerpt, visible, visibleAscii } from './visible.ts';

test('control characters are shown in caret form, C1 and invisible characters in hexadecimal', () => {
  expect(visible('a\u001b[31m\n\t\u007f\u009b\u0000')).toBe('a^[[31m^J^I^?\\x9b^@');
  expect(visible('\u202e\u200b\u2066\ufeff\u00ad\u2028\u{e0041}\u3164')).toBe(
    '\\u{202e}\\u{200b}\\u{2066}\\u{feff}\\u{ad}\\u{2028}\\u{e0041}\\u{3164}',
  );
  expect(visible('\ud800 \udc00 \ufffe')).toBe('\\u{d800} \\u{dc00} \\u{fffe}');
});

test('letters of any script stay, and so does the selector that makes a pictograph an emoji', () => {
  expect(visible('Größe 日本 ⚠\ufe0f 😀')).toBe('Größe 日本 ⚠\ufe0f 😀');
  expect(visible('a\ufe0f')).toBe('a\\u{fe0f}');
});

test('showing twice is showing once', () => {
  const once = visible('\u001b\u009b\u202e^[');
  expect(visible(once)).toBe(once);
});

test('a sink of ASCII gets every other character in hexadecimal', () => {
  expect(visibleAscii('Größe 😀\n')).toBe('Gr\\u{f6}\\u{df}e \\u{1f600}^J');
});

test('an excerpt cuts by code points and says how much is missing', () => {
  expect(excerpt('abc', 3)).toBe('abc');
  expect(excerpt('😀😀😀', 2)).toBe('😀😀... (2 more characters)');
});
