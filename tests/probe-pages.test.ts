import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { load } from './load-texts.ts';

/** The examples of these pages are entries for `checks:`. */
const PAGES = ['tls', 'dns', 'tcp', 'command', 'heartbeat'];

const examplesOf = (page: string): readonly string[] => {
  const text = readFileSync(join(import.meta.dirname, '..', 'docs', 'probes', `${page}.md`), 'utf8');
  return Array.from(text.matchAll(/^```yaml\n(.*?)^```/gms), ([, example = '']) => example);
};

const fileFor = (example: string): string => `version: 1\nchecks:\n${example.replaceAll(/^(?=.)/gm, '  ')}`;

test.each(PAGES)('the examples of the page of %s load', async (page) => {
  const examples = examplesOf(page);
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) {
    const loaded = await load({ files: { 'gonogo.yaml': fileFor(example) } });
    expect(loaded.ok ? [] : loaded.problems.map(({ message }) => message)).toEqual([]);
    expect(loaded.ok && loaded.config.checks.map(({ kind }) => kind)).toEqual(expect.arrayContaining([page]));
  }
});
