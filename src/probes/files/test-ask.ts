import { evaluate } from '../../matchers/evaluate.ts';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { testContext } from '../test-context.ts';
import { files } from './kind.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';

/** For tests: what a check that says nothing of its own would tell, `fact: message`; empty when it passes. */
export type Answer = { readonly facts: Facts; readonly broken: readonly string[]; readonly warned: readonly string[] };

type Folder = string | (Partial<Pick<ProbeContext, 'asked' | 'timeoutMs' | 'redact'>> & Pick<ProbeContext, 'folder'>);

const contextOf = (folder: Folder) => {
  const { asked = [], timeoutMs = 10_000, ...rest } = typeof folder === 'string' ? { folder } : folder;
  return testContext(timeoutMs, { ...rest, asked });
};

/** For tests: looks, and holds what the kind asks by default against what was seen. */
export const ask = async (spec: Spec, folder: Folder): Promise<Answer> => {
  const problems = files.problems(spec);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const facts = await look(spec, contextOf(folder));
  const signs = files.explain(facts, spec);
  const told = (level: 'expect' | 'warn') =>
    files
      .defaults(spec)
      .filter((one) => one.level === level && !evaluate({ ...one, source: null }, facts, new Date()).held)
      .map(({ fact, code }) => {
        const sign = signs.find((one) => one.fact === fact);
        return `${fact}: ${sign?.code ?? code ?? ''}: ${sign?.message ?? ''}`;
      });
  return { facts, broken: told('expect'), warned: told('warn') };
};

/** For tests: why a look could not be made. */
export const failureOf = async (spec: Spec, folder: Folder): Promise<CouldNotLook> => {
  const error: unknown = await look(spec, contextOf(folder)).catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error(`the look should have failed: ${JSON.stringify(error)}`, { cause: error });
};
