import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { look } from './look.ts';
import { coversFields } from './runner.ts';
import { specContext, specOf } from './test-specs.ts';

test('specs without @playwright/test cannot be run, and the message says how to install it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-specs-'));
  try {
    writeFileSync(join(folder, 'a.spec.ts'), specOf());
    await expect(look({ spec: 'a.spec.ts' }, specContext(folder))).rejects.toMatchObject({
      code: 'command-missing',
      message: `there is no @playwright/test for the specs in ${folder}: npm install --save-dev @playwright/test`,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ['1.65.1', true],
  ['1.41.0-alpha', true],
  ['1.40.9', false],
  ['0.99.0', false],
  ['2.0.0', true],
  ['', false],
])('fields are covered on screenshots by version %j: %j', (version, covers) => {
  expect(coversFields({ cli: '', version })).toBe(covers);
});
