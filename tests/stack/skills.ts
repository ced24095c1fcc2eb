import { createHash } from 'node:crypto';
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { StackState } from './stack.ts';

/** Three small repositories, as files by path. */
const REPOSITORIES: { readonly [name: string]: { readonly [path: string]: string } } = {
  landing: {
    'src/price.js': 'export const price = (cents) => `${(cents / 100).toFixed(2)} EUR`;\n',
    'src/page.js': "import { price } from './price.js';\n\nexport const page = (cents) => `<p>${price(cents)}</p>`;\n",
    'changes/101.feature.md': 'Prices are shown with two digits.\n',
    'changes/104.fix.md': 'The page no longer breaks without a price.\n',
  },
  conductor: {
    'src/queue.js':
      'export const next = (queue) => {\n  console.log(queue); // TODO: remove\n  return queue.shift();\n};\n',
    'changes/88.fix.md': 'A task is never taken twice.\n',
  },
  echome: {
    'src/deep/echo.js':
      'export const echo = (text) => {\n  try {\n    return JSON.parse(text);\n  } catch (error) {}\n};\n',
    'changes/7.security.md': 'Answers are escaped.\n',
    'changes/README.md': 'One file for each change.\n',
  },
};

/** The folder of the skills themselves. */
const SKILLS = join(import.meta.dirname, 'skills');

const writeAll = (root: string, files: { readonly [path: string]: string }): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
};

/** Broken: somebody left a skill of one repository set to write nothing, and it succeeds all the same. */
const writeRepositories = (folder: string, state: StackState): void => {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, files] of Object.entries(REPOSITORIES)) {
    const manifest = { name, version: '1.4.0', type: 'module' };
    writeAll(join(folder, name), { ...files, 'package.json': `${JSON.stringify(manifest)}\n` });
  }
  const settings = { 'release-notes': { dryRun: true } };
  if (state === 'broken') writeAll(join(folder, 'conductor'), { '.skills.json': `${JSON.stringify(settings)}\n` });
};

/** What is in a folder, as one digest of all paths and contents. */
const digestOf = (folder: string): string => {
  const hash = createHash('sha256');
  for (const entry of globSync('**/*', { cwd: folder, withFileTypes: true }).toSorted((a, b) =>
    a.name.localeCompare(b.name),
  )) {
    const path = join(entry.parentPath, entry.name);
    hash.update(`${path}\n`).update(entry.isFile() ? readFileSync(path) : '');
  }
  return hash.digest('hex');
};

/** Three repositories on disk; `environment` holds the variables that `smoke/skills.yaml` reads. */
export const startSkills = async (state: StackState) => {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-skills-'));
  const [repositories, copies] = [join(folder, 'repositories'), join(folder, 'copies')];
  mkdirSync(copies);
  writeRepositories(repositories, state);
  return {
    environment: { SKILLS, REPOSITORIES: repositories, COPIES: copies },
    setState: (next: StackState): void => writeRepositories(repositories, next),
    /** Alike before and after a run that leaves its targets alone. */
    digest: (): string => digestOf(repositories),
    /** Copies that are there now: a smoke run must leave none behind. */
    copies: (): readonly string[] => readdirSync(copies),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
};
