import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { asCodeSpan, piecesOf } from './code-span.ts';

const shown = (line: string): readonly string[] =>
  piecesOf(line).map(({ text, code }) => (code ? `code ${text}` : `text ${text}`));

test.each([
  ['Run `make drain` now', ['text Run ', 'code make drain', 'text  now']],
  ['``echo `date` ``', ['code echo `date` ']],
  ['`` a `', ['text `` a `']],
  ['`a`` b`', ['code a`` b']],
  ['` a `', ['code a']],
  ['``', ['text ``']],
  ['', []],
])('%s', (line, expected) => {
  expect(shown(line)).toEqual(expected);
});

test('every piece says where its text stands, and all of them are the line', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'`a $') }), (line) => {
      const pieces = piecesOf(line);
      expect(pieces.map(({ raw }) => raw).join('')).toBe(line);
      for (const { text, index } of pieces) expect(line.slice(index, index + text.length)).toBe(text);
    }),
  );
});

test('what is set as code is read as that code again', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'`a $'), minLength: 1 }), (text) => {
      fc.pre(text.trim() !== '');
      expect(piecesOf(asCodeSpan(text))).toMatchObject([{ text, code: true }]);
    }),
  );
});
