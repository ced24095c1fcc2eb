import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { env } from 'node:process';
import { evaluate } from '../../matchers/evaluate.ts';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { testContext } from '../test-context.ts';
import { playwright } from './kind.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';

const NODE_MODULES = resolve(import.meta.dirname, '../../../node_modules');

/** For tests: a folder with these files, by path, and the modules of this project; and a function that removes it. */
export const specFolder = (files: {
  readonly [path: string]: string;
}): { readonly folder: string; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-specs-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(NODE_MODULES, join(folder, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/** For tests: a spec of these lines, with `expect` and `test` at hand. */
export const specOf = (...lines: readonly string[]): string =>
  ["import { expect, test } from '@playwright/test';", ...lines, ''].join('\n');

/** For tests: evidence that a look kept, by name. */
export type Kept = Map<string, Uint8Array | string>;

/** For tests: what a look of specs gets; what it keeps is put into `kept`. */
export const specContext = (folder: string, changes: Partial<ProbeContext> = {}, kept: Kept = new Map()) =>
  testContext(60_000, {
    folder,
    environment: env,
    keep: async (name, content) => {
      kept.set(name, content);
      return `evidence/${name}`;
    },
    ...changes,
  });

/** For tests: what specs show that are written, run and removed again. */
export const factsOf = async (
  files: { readonly [path: string]: string },
  spec: Spec,
  changes: Partial<ProbeContext> = {},
  kept: Kept = new Map(),
): Promise<Facts> => {
  const { folder, remove } = specFolder(files);
  try {
    return await look(spec, specContext(folder, changes, kept));
  } finally {
    remove();
  }
};

/** For tests: why specs could not be looked at. */
export const failureOf = async (...parameters: Parameters<typeof factsOf>): Promise<CouldNotLook> => {
  const error: unknown = await factsOf(...parameters).catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error('the specs could be looked at', { cause: error });
};

/** For tests: the defaults that do not hold for facts, as `level fact: reason code`. */
export const brokenDefaults = (facts: Facts): readonly string[] => {
  const spec = { spec: 'a.spec.ts' };
  const signs = playwright.explain(facts, spec);
  return playwright
    .defaults(spec)
    .filter((expectation) => !evaluate({ ...expectation, source: null }, facts, new Date()).held)
    .map(({ fact, level, code }) => `${level} ${fact}: ${signs.find((sign) => sign.fact === fact)?.code ?? code}`);
};
