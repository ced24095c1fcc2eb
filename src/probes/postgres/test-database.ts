import { testContext } from '../test-context.ts';
import { CouldNotLook } from '../probe.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';

/** For tests: what a look shows, or how it failed as `code: message`. */
export const tell = async (spec: Spec, timeoutMs = 5000): Promise<Awaited<ReturnType<typeof look>> | string> => {
  try {
    return await look(spec, testContext(timeoutMs));
  } catch (error) {
    if (error instanceof CouldNotLook) return `${error.code}: ${error.message}`;
    throw error;
  }
};
