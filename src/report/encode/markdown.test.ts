import { expect, test } from 'vitest';
import { codeBlock, codeCell, codeSpan, forMarkdown } from './markdown.ts';

test('markup, HTML, images and links become text', () => {
  expect(forMarkdown('<b> ![i](x) [y](javascript:z) **s** | `c` &amp;')).toBe(
    '\\<b\\> \\!\\[i\\](x) \\[y\\](javascript:z) \\*\\*s\\*\\* \\| &#96;c&#96; &amp;amp;',
  );
});

test('a bare address is no link', () => {
  expect(forMarkdown('https://a.example www.b.example')).toBe('https\\://a.example www\\.b.example');
});

test('mentions and issue references are broken, words with underscores are not', () => {
  expect(forMarkdown('@everyone a@b.example #12 GH-12')).toBe('`@`everyone a`@`b.example `#`12 GH`-`12');
  expect(forMarkdown('query_support _x_')).toBe('query_support \\_x\\_');
});

test('text that begins like a heading, list or rule does not begin one', () => {
  expect(['# h', '- i', '+ i', '1. i', '=== ', '> q'].map(forMarkdown)).toEqual([
    '\\# h',
    '\\- i',
    '\\+ i',
    '1\\. i',
    '\\=== ',
    '\\> q',
  ]);
});

test('a code span is fenced by more backticks than it holds', () => {
  expect(codeSpan('a')).toBe('`a`');
  expect(codeSpan('a``b')).toBe('```a``b```');
  expect(codeSpan('`a`')).toBe('`` `a` ``');
  expect(codeSpan('a\nb')).toBe('`a^Jb`');
  expect(codeSpan(' ')).toBe('');
  expect(codeCell('a|b')).toBe('`a\\|b`');
  expect(codeBlock(['a', '```'], 'sh')).toBe('````sh\na\n```\n````');
});
