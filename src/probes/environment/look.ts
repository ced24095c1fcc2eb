import type { Facts } from '../../model/observation.ts';
import { CouldNotLook, type Look } from '../probe.ts';
import type { Spec } from './schema.ts';
import { valueOf } from './value.ts';
import { holds, wantedOf, type Wanted } from './wanted.ts';

type Seen = { readonly name: string; readonly present: boolean; readonly valid: boolean };

const factsOf = (seen: readonly Seen[]): Facts => ({
  present: Object.fromEntries(seen.map(({ name, present }) => [name, present])),
  valid: Object.fromEntries(seen.map(({ name, valid }) => [name, valid])),
});

/** Looks at every variable. One that cannot be judged makes the whole look unobserved, after the others were seen. */
export const look: Look<Spec> = async (spec, context) => {
  const seen: Seen[] = [];
  let trouble: CouldNotLook | null = null;
  const see = async ({ name, clauses }: Wanted): Promise<void> => {
    const value = await valueOf(name, context);
    seen.push({ name, present: value !== null, valid: holds(clauses, value, context.now()) });
  };
  for (const wanted of wantedOf(spec)) {
    context.signal.throwIfAborted();
    try {
      await see(wanted);
    } catch (error) {
      if (!(error instanceof CouldNotLook)) throw error;
      trouble ??= error;
    }
  }
  if (trouble !== null) throw new CouldNotLook(trouble.code, trouble.message, factsOf(seen));
  return factsOf(seen);
};
