import type { Facts } from '../../model/observation.ts';
import { giveBackOwn } from '../engine/memory.ts';
import { readPemFiles } from '../http/pem-files.ts';
import { CouldNotLook, type Look } from '../probe.ts';
import { type Seen, walkEachFamily } from './each-family.ts';
import { domainFacts } from './facts.ts';
import { endingsOf } from './endings.ts';
import type { Spec } from './schema.ts';
import { variantsOf } from './variants.ts';
import { walkVariants, type Walked } from './walk.ts';

/** The outermost layer explains most: a name that does not resolve before a port that does not answer. */
const LAYER_ORDER = ['dns-', 'connect-', 'tls-'];

const rank = (code: string): number => {
  const index = LAYER_ORDER.findIndex((prefix) => code.startsWith(prefix));
  return index < 0 ? LAYER_ORDER.length : index;
};

/** When no variant gave any answer there is nothing to judge; null as soon as one did. */
const nothingSeen = (walked: readonly Walked[], facts: Facts, spec: Spec): CouldNotLook | null => {
  const { counted, failed } = endingsOf(walked, spec);
  const silent = failed.filter(({ walked: { chain } }) => chain.hops.length === 1);
  if (silent.length < counted.length) return null;
  const [worst] = silent.toSorted((a, b) => rank(a.failure.code) - rank(b.failure.code));
  if (worst === undefined) return null;
  const alike = silent.filter(({ failure }) => failure.code === worst.failure.code);
  const names = alike.map(({ walked: { variant } }) => variant.name).join(', ');
  const message = `no variant of ${spec.name} can be asked; ${names}: ${worst.failure.message}`;
  return new CouldNotLook(worst.failure.code, message, facts, { cause: worst.failure });
};

/** What the walks over one family came to, or over whichever came first. Their bodies are used up by it. */
const seenFrom = (walked: readonly Walked[], spec: Spec): Seen => {
  const facts = domainFacts(walked, spec);
  for (const { chain } of walked) if (chain.answer !== null) giveBackOwn(chain.answer.body);
  return { facts, failure: nothingSeen(walked, facts, spec) };
};

/** Walks from every variant to its end, and reports all of them even when some fail. */
export const look: Look<Spec> = async (spec, context) => {
  const tls = await readPemFiles(spec.tls ?? {}, context.folder);
  const ready: Spec = { ...spec, tls };
  const variants = variantsOf(spec);
  if (spec.family === 'each') {
    return walkEachFamily(ready, variants, context, (walked) => seenFrom(walked, spec));
  }
  const { facts, failure } = seenFrom(await walkVariants(ready, variants, context), spec);
  if (failure !== null) throw failure;
  return facts;
};
