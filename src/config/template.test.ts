import { expect, test } from 'vitest';
import { parseTemplate } from './template.ts';

const shown = (text: string): string[] =>
  parseTemplate(text).parts.map((part) =>
    typeof part === 'string' ? part : `<${part.namespace}|${part.name}|${part.fallback ?? ''}>`,
  );

test.each([
  ['plain', ['plain']],
  ['', []],
  ['${env.X}', ['<env|X|>']],
  ['a${vars.b}c${uuid}', ['a', '<vars|b|>', 'c', '<uuid||>']],
  ['${env.X:-http://a:1/}', ['<env|X|http://a:1/>']],
  ['$${env.X}', ['${env.X}']],
  ['a$${b}${vars.c}', ['a${b}', '<vars|c|>']],
  ['$$${vars.c}', ['$${vars.c}']],
  ['$5 and $x', ['$5 and $x']],
  ['${vars.a.b}', ['<vars|a.b|>']],
])('%j has the parts %j', (text, parts) => {
  expect(shown(text)).toEqual(parts);
});

test('a placeholder that is never closed is told apart', () => {
  expect(parseTemplate('a ${env.X').unclosed).toBe('${env.X');
  expect(parseTemplate('a $${env.X').unclosed).toBeNull();
});
