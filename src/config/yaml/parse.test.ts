import { describe, expect, test } from 'vitest';
import { parseYaml } from './parse.ts';

const messages = (text: string): string[] => parseYaml(text).faults.map(({ message }) => message);
const tokens = (text: string): string[] =>
  parseYaml(text).faults.map(({ offset, length }) => text.slice(offset, offset + length));

describe('values', () => {
  test('maps, lists and scalars become plain values', () => {
    const text = 'a: 1\nb: [x, "2", null]\nc:\n  - d: true\n  - |\n    two\n    lines\nempty:\n';
    expect(parseYaml(text)).toMatchObject({
      value: { a: 1, b: ['x', '2', null], c: [{ d: true }, 'two\nlines\n'], empty: null },
      faults: [],
    });
  });

  test('names that JavaScript knows are keys like any other, and pollute nothing', () => {
    const { value, faults } = parseYaml('__proto__: {polluted: 1}\nconstructor: 2\ntoString: 3\nhasOwnProperty: 4\n');
    expect(faults).toEqual([]);
    expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":1},"constructor":2,"toString":3,"hasOwnProperty":4}');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('an alias stands for its anchor, again and again', () => {
    expect(parseYaml('a: &x {k: [1]}\nb: *x\nc: [*x, *x]\n')).toMatchObject({
      value: { a: { k: [1] }, b: { k: [1] }, c: [{ k: [1] }, { k: [1] }] },
      faults: [],
    });
  });

  test('carriage returns and a comment at the end change nothing', () => {
    expect(parseYaml('a: 1\r\nb:\r\n  - 2\r\n# end').value).toEqual({ a: 1, b: [2] });
  });
});

describe('faults', () => {
  test.each([
    ['', 'the file is empty'],
    ['# only a comment\n', 'the file is empty'],
    ['---\n', 'the file is empty'],
    ['a: 1\n--- \nb: 2\n', 'a second document starts here; a file holds one'],
    ['a: 1\nb: 2\na: 3\n', 'the key "a" is written twice, first at line 1, column 1'],
    ['x: !foo 1\n', 'the tag !foo is not known'],
    ['x: !!js/function 1\n', 'the tag !!js/function is not known'],
    ['x: !!str 1\n', 'the tag !!str is not known'],
    ['a: &a 1\nb:\n  <<: *a\n', 'merge keys (<<) are not part of this language'],
    ['1: a\n', 'a key must be a string, found number 1'],
    ['true: a\n', 'a key must be a string, found boolean true'],
    [': a\n', 'a key is missing'],
    ['? [a]\n: b\n', 'a key must be a string, found a list'],
    ['a: *b\n', 'the alias *b has no anchor &b before it'],
    ['a: &a\n  b: *a\n', 'the alias *a stands for a value that holds it'],
    ['a: 1e400\n', 'the number 1e400 is too large'],
    ['a: "\\ud800"\n', 'the text holds half of a surrogate pair'],
    ['a:\n\tb: 1\n', 'a tab is used for indentation'],
    ['a: 1\n b: 2\n', 'this line does not fit the lines around it: wrong indentation, or a text with ": " in it'],
    ['a: "b', 'the double quote is never closed'],
    ['a: "b\nc: d\n', 'a quote, [ or { is not closed before this line'],
    ['a: [1, 2', 'a [ or { is never closed'],
    ['a: \u0000\n', 'the file holds a NUL character'],
    ['a: b\u0007\n', 'the file holds a control character'],
  ])('%j is refused: %s', (text, message) => {
    expect(messages(text)).toEqual([message]);
  });

  test('all faults that the composer sees are reported at once, each with its token', () => {
    const text = 'a: !t 1\nb: 1e999\n2: x\nb: y\n';
    expect(tokens(text)).toEqual(['!t', '1e999', '2', 'b']);
  });
});

describe('limits', () => {
  const inASecond = (text: string): string | undefined => {
    const start = performance.now();
    const [first] = messages(text);
    return performance.now() - start < 1000 ? first : `it took ${performance.now() - start} ms`;
  };

  test('nesting beyond 64 levels is refused', () => {
    expect(inASecond('['.repeat(20_000))).toBe('the file is nested deeper than 64 levels');
    const steps = Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('');
    expect(inASecond(steps)).toBe('the file is nested deeper than 64 levels');
  });

  test('more than 100 aliases are refused', () => {
    expect(messages(`a: &a 1\nb: [${'*a, '.repeat(100)}]\n`)).toEqual([]);
    expect(inASecond(`a: &a 1\nb: [${'*a, '.repeat(101)}]\n`)).toBe('more than 100 aliases in one file');
  });

  test('aliases that multiply are refused although they are few', () => {
    const levels = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(10)}]\n`);
    expect(inASecond(`a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n${levels.join('')}`)).toBe(
      'with its aliases the file holds more than 1000000 values',
    );
  });

  test('aliases that nest deeper than the limit are refused', () => {
    const deep = (inner: string): string => `${'['.repeat(40)}${inner}${']'.repeat(40)}`;
    expect(inASecond(`a: &a ${deep('1')}\nb: ${deep('*a')}\n`)).toBe(
      'with *a the file is nested deeper than 64 levels',
    );
  });

  test('20,000 keys and 20,000 duplicates are read in time', () => {
    const keys = Array.from({ length: 20_000 }, (_, at) => `k${at}: 1\n`).join('');
    expect(messages(keys)).toEqual([]);
    expect(inASecond(`${keys}${keys}`)).toBe('the key "k0" is written twice, first at line 1, column 1');
  });
});

describe('places', () => {
  const text = 'a:\n  "b c": [x, {d: *r}]\n  e:\nr2: &r\n  f: "g"\n'.replace('*r', 'deep');
  const at = (path: readonly (string | number)[], source = text) => {
    const { key, value } = parseYaml(source).findPlace(path);
    const show = (span: { offset: number; length: number } | null) =>
      span === null ? null : source.slice(span.offset, span.offset + span.length);
    return [show(key), show(value)];
  };

  test('a path leads to the token of its key and of its value', () => {
    expect(at(['a', 'b c', 0])).toEqual([null, 'x']);
    expect(at(['a', 'b c', 1, 'd'])).toEqual(['d', 'deep']);
    expect(at(['r2', 'f'])).toEqual(['f', '"g"']);
  });

  test.each(['|', '|-', '>', '>+2'])(
    'a block of text (%s) begins with its first character that is no blank',
    (style) => {
      const block = `a:\n  b: ${style}\n\n    one  # two\n    three\n\n  c: 1\n`;
      expect(at(['a', 'b'], block)).toEqual(['b', 'one  # two\n    three']);
      expect(at(['a', 'b'], `a:\n  b: ${style}\n`)).toEqual(['b', '']);
    },
  );

  test('an empty value has the place of its key', () => {
    expect(at(['a', 'e'])).toEqual(['e', 'e']);
  });

  test('a path that does not exist leads to its nearest parent', () => {
    expect(at(['a', 'b c', 7, 'x'])).toEqual(['"b c"', '[']);
  });

  test('a path through an alias leads to what it stands for', () => {
    const aliased = 'a: &x {k: [1, two]}\nb: *x\n';
    expect(at(['b'], aliased)).toEqual(['b', '*x']);
    expect(at(['b', 'k', 1], aliased)).toEqual([null, 'two']);
  });
});
