import { expect, test } from 'vitest';
import { shellCommand } from './shell.ts';

test('arguments are quoted for a POSIX shell, and only when they must be', () => {
  expect(
    shellCommand(['curl', '-sS', '-H', 'Authorization: ***', 'https://a.example/?a=1&b=2', "it's", '', '$(x) `y`']),
  ).toBe(String.raw`curl -sS -H 'Authorization: ***' 'https://a.example/?a=1&b=2' 'it'\''s' '' '$(x) ` + "`y`'");
});
