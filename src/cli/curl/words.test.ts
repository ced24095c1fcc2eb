import { describe, expect, it } from 'vitest';
import { shellWords } from './words.ts';

describe('words of a command line', () => {
  it.each([
    ['curl a  b', ['curl', 'a', 'b']],
    ['curl \'a b\' "c d" e\\ f', ['curl', 'a b', 'c d', 'e f']],
    ["curl -H'x: y' --data='{\"a\": 1}'", ['curl', '-Hx: y', '--data={"a": 1}']],
    ['a\'b\'"c"d', ['abcd']],
    ['curl \\\n  -X POST \\\r\n  a', ['curl', '-X', 'POST', 'a']],
    ["curl ''", ['curl', '']],
    ['"a\\"b\\\\c\\d"', ['a"b\\c\\d']],
    ["$'a\\nb\\'c\\u00e9\\x41\\\\'", ["a\nb'céA\\"]],
    ["'a $b `c` \\d'", ['a $b `c` \\d']],
    ["curl 'http://a/?x=1&y=2'", ['curl', 'http://a/?x=1&y=2']],
    ['curl a$', ['curl', 'a$']],
    ['   ', []],
  ])('are those of a shell: %j', (text, words) => {
    expect(shellWords(text)).toEqual(words);
  });

  it.each([
    ["curl 'a", "the quote ' is never closed"],
    ['curl "a', 'the quote " is never closed'],
    ['curl a | jq', '"|" is no part of a curl command'],
    ['curl http://a/?x=1&y=2', '"&" is no part of a curl command'],
    ['curl $(cat token)', '"(" is no part of a curl command'],
    ['curl -H "Authorization: $TOKEN"', '$TOKEN stands in the curl command'],
    ['curl ${HOST}/a', '${HOST} stands in the curl command'],
    ['curl ^"http://a/^" ^\n -X POST', 'this is a command for cmd of Windows'],
  ])('are refused where a shell would do something: %j', (text, message) => {
    expect(() => shellWords(text)).toThrow(message);
  });
});
