import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lintRunbooks } from '../src/runbooks/lint/lint.ts';
import { linkedPath, linksOf, type Target } from '../src/runbooks/lint/links.ts';
import { readPage } from '../src/runbooks/lint/page.ts';
import { readRunbook } from '../src/runbooks/read-runbook.ts';
import { resolveRunbooks } from '../src/runbooks/resolve-runbooks.ts';
import { configurationFiles, ROOT, textOf } from './documents/documents.ts';
import { loadFile } from './documents/load-example.ts';

/** The runbooks that the project comes with are an example of what lint asks for. */

const texts = new Map(
  globSync('docs/runbooks/*.md', { cwd: ROOT })
    .toSorted()
    .map((path) => [path, textOf(path)] as const),
);

const targetOf = (path: string): Target => {
  if (statSync(join(ROOT, path), { throwIfNoEntry: false }) === undefined) return null;
  return path.endsWith('.md') ? new Set(readRunbook(textOf(path)).map(({ anchor }) => anchor)) : 'file';
};

test('nothing is wrong with the runbooks of the project, and every one of them is used', async () => {
  const roots = configurationFiles().filter((path) => /^version:/m.test(textOf(path)));
  const loaded = await Promise.all(roots.map(loadFile));
  const projects = loaded.flatMap((one) => {
    if (!one.ok) return [];
    const { config } = one;
    const own = new Map(config.runbooks.map((path) => [path, textOf(path)]));
    return [{ config, sections: resolveRunbooks(config, own).sections }];
  });
  expect(projects).toHaveLength(roots.length);
  const today = new Date('2026-11-22T00:00:00Z');
  const { problems, notes } = lintRunbooks({ projects, texts, targetOf, today, staleMs: 180 * 86_400_000 });
  const said = problems.map(({ position, message }) => `${position?.file}:${position?.line} ${message}`);
  expect({ said, notes }).toEqual({ said: [], notes: [] });
});

test('links in them are looked at', () => {
  const links = [...texts].flatMap(([path, text]) => linksOf(readPage(path, text)));
  expect(links.map(linkedPath).every((path) => path === null || targetOf(path) !== null)).toBe(true);
});
