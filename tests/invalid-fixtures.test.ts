import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderProblems } from '../src/config/frame.ts';
import { loadFixture } from './load-fixture.ts';

/** Each `invalid-*.yaml` with the exact text that it is refused with; UPDATE_GOLDEN=1 writes the texts anew. */

const FOLDER = join(import.meta.dirname, 'fixtures');
const fixtures = globSync('invalid-*.yaml', { cwd: FOLDER }).sort();

test.each(fixtures)('%s is refused with every problem in its place', async (fixture) => {
  const started = performance.now();
  const loaded = await loadFixture(FOLDER, fixture);
  const elapsed = performance.now() - started;
  expect(loaded.ok).toBe(false);
  const text = loaded.ok ? '' : renderProblems(loaded.problems, loaded.texts);
  const golden = join(FOLDER, fixture.replace(/\.yaml$/, '.txt'));
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, text);
  expect(text).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : 'there is no .txt beside the fixture');
  expect(elapsed).toBeLessThan(5000);
});

test('there is a fixture for every fault that the language names', () => {
  expect(fixtures.length).toBeGreaterThanOrEqual(60);
});
