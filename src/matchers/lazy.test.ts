import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** Whether Ajv is loaded after matching with this written matcher, in a process of its own. */
const loadsAjv = (written: string): boolean => {
  const script = `
    const { parseMatcher } = await import('./parse.ts');
    const { evaluate } = await import('./evaluate.ts');
    const [clause] = parseMatcher(${written}, 'json').clauses;
    evaluate({ fact: 'a', level: 'expect', code: null, source: null, ...clause }, { a: 'x' }, new Date());
    const { Module } = await import('node:module');
    console.log(Object.keys(Module._cache).some((file) => file.includes('/ajv/')));`;
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const options = { cwd: folder, encoding: 'utf8' } as const;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], options).trim() === 'true';
};

it('loads the schema validator only for a schema', () => {
  expect(loadsAjv(`{ matches: 'x' }`)).toBe(false);
  expect(loadsAjv(`{ schema: { type: 'string' } }`)).toBe(true);
});
