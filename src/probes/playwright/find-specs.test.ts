import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commonFolder, exactly, findSpecs } from './find-specs.ts';
import { ownConfig } from './own-config.ts';
import { specFolder } from './test-specs.ts';

const { folder, remove } = specFolder({
  'smoke/a.spec.ts': '',
  'smoke/b.spec.ts': '',
  'smoke/deep/a.spec.ts': '',
  'smoke/deep/node_modules/x/a.spec.ts': '',
  'smoke/[x] (1).spec.ts': '',
});
afterAll(remove);

const found = async (patterns: readonly string[], from = 'smoke') =>
  (await findSpecs(patterns, join(folder, from))).map(({ files }) =>
    files.map((file) => file.slice(folder.length + 1)),
  );

describe('the specs that patterns name', () => {
  it('are files, sorted, and never those of installed packages', async () => {
    expect(await found(['a.spec.ts', '**/*.spec.ts', '../smoke/b.spec.ts'])).toEqual([
      ['smoke/a.spec.ts'],
      ['smoke/[x] (1).spec.ts', 'smoke/a.spec.ts', 'smoke/b.spec.ts', 'smoke/deep/a.spec.ts'],
      ['smoke/b.spec.ts'],
    ]);
  });

  it.each(['c.spec.ts', 'deep', '*.spec.js'])('are never nothing: %s', async (pattern) => {
    await expect(found(['a.spec.ts', pattern])).rejects.toMatchObject({
      code: 'nothing-asserted',
      message: `no file fits ${pattern}, so nothing was asserted`,
    });
  });
});

describe('a folder and a pattern for them', () => {
  it.each([
    [['/a/b/x.ts'], '/a/b'],
    [['/a/b/x.ts', '/a/b/c/y.ts'], '/a/b'],
    [['/a/bc/x.ts', '/a/bd/x.ts'], '/a'],
    [['/x.ts', '/a/y.ts'], '/'],
  ])('%j lie in %s', (files, common) => {
    expect(commonFolder(files)).toBe(common);
  });

  it('means exactly the one file, whatever is in its name', () => {
    const file = '/specs/[x] (1)+$.spec.ts';
    expect(new RegExp(exactly(file)).test(file)).toBe(true);
    for (const other of ['/specs/x.spec.ts', `/more${file}`, `${file}x`, '/specs/[x] (1)+$-spec.ts']) {
      expect(new RegExp(exactly(file)).test(other)).toBe(false);
    }
  });
});

describe('a configuration of our own', () => {
  const files = ['/specs/a "b"\\.spec.ts', '/specs/deep/c.spec.ts'];

  const configOf = async (given: Partial<Parameters<typeof ownConfig>[0]>) => {
    const text = ownConfig({ files, browser: '/usr/bin/chromium', asRoot: false, hasSecrets: false, ...given });
    const module: { readonly default: unknown } = await import(
      `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`
    );
    return module.default;
  };

  it('runs just those files, headless, with evidence of failures, and writes nothing beside them', async () => {
    expect(await configOf({})).toMatchObject({
      testDir: '/specs',
      testMatch: files.map((file) => new RegExp(exactly(file))),
      forbidOnly: true,
      updateSnapshots: 'none',
      use: { headless: true, screenshot: { mode: 'only-on-failure' }, trace: 'retain-on-failure', video: 'off' },
    });
  });

  it('has no trace and covers fields when a secret is at hand', async () => {
    expect(await configOf({ hasSecrets: true })).toMatchObject({
      use: { trace: 'off', screenshot: { style: expect.stringMatching(/^input, textarea/) } },
    });
  });

  it('gives up the sandbox of Chromium only as root', async () => {
    const withArgs = (expected: unknown) => ({ use: { launchOptions: { args: expected } } });
    expect(await configOf({ asRoot: true })).toMatchObject(withArgs(expect.arrayContaining(['--no-sandbox'])));
    expect(await configOf({})).not.toMatchObject(withArgs(expect.arrayContaining(['--no-sandbox'])));
  });
});
