import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';

/** For tests: an empty folder, and a function that removes it. */
export const temporaryFolder = (): { readonly folder: string; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-command-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

const { PATH } = env;

/** For tests: a context with an environment in which programs are found. */
export const commandContext = (timeoutMs = 10_000, changes: Partial<ProbeContext> = {}): ProbeContext =>
  testContext(timeoutMs, { environment: { PATH }, ...changes });

/** For tests: what a script of the shell shows. */
export const lookAt = (script: string, spec: Partial<Spec> = {}, context = commandContext()) =>
  look({ ...spec, argv: ['sh', '-c', script] }, context);

/** For tests: why it could not be looked at, or an error when it could. */
export const failureOf = async (spec: Spec, context = commandContext()): Promise<CouldNotLook> => {
  const error: unknown = await look(spec, context).catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error('it could be looked at', { cause: error });
};
