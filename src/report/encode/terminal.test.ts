import { expect, test } from 'vitest';
import { disarmLine, forTerminal } from './terminal.ts';

test.each(['##[error]x', '##vso[task.complete]', '##teamcity[x]', '##TeamCity[x]'])('%s commands no log', (text) => {
  expect(forTerminal(`before ${text}`, true)).toBe(`before #\\x23${text.slice(2)}`);
  expect(disarmLine(`before ${text}`)).toBe(`before #\\x23${text.slice(2)}`);
});

test('a line that GitHub would obey loses its first colon, behind blanks too; an address elsewhere keeps both', () => {
  expect(disarmLine('::error::x')).toBe('\\x3a:error::x');
  expect(disarmLine('      ::error::x')).toBe('      \\x3a:error::x');
  expect(disarmLine('  at http://[::1]/')).toBe('  at http://[::1]/');
});
