import type { CheckResult } from '../../model/run.ts';
import { fieldsOf, itemsOf, numberOf, own, textOf } from './shape.ts';

/**
 * Redirect chains among the facts, one line each: `https://a/ --308--> https://b/  (200)`. A probe folds repeats in a
 * text of its own (`loop`, `chain-text`, `text`); without one the hops are joined. A single hop is no chain, and one that
 * the check's message tells is not told again.
 */
export const chainsOf = (check: CheckResult): readonly string[] => {
  const { facts } = check;
  const single = textOf(own(facts, 'loop')) ?? chainText(own(facts, 'chain'), textOf(own(facts, 'chain-text')));
  const several = itemsOf(own(facts, 'chains')).map((chain) => chainText(chain, null));
  const texts = [single, ...several].filter((text) => text !== null);
  return [...new Set(texts)].filter((text) => !check.message.includes(text));
};

const chainText = (chain: unknown, known: string | null): string | null => {
  const fields = fieldsOf(chain);
  // A hop is an object: a chain of texts is one of certificates.
  const hops = itemsOf(fields === null ? chain : own(fields, 'hops')).filter((hop) => fieldsOf(hop) !== null);
  const text = known ?? (fields === null ? textOf(chain) : textOf(own(fields, 'text')));
  if (text !== null) return hops.length === 1 ? null : text;
  return hops.length < 2 ? null : joinHops(hops);
};

const joinHops = (hops: readonly unknown[]): string =>
  hops
    .map((hop, index) => {
      const fields = fieldsOf(hop) ?? {};
      const url = textOf(own(fields, 'url')) ?? '?';
      const status = numberOf(own(fields, 'status')) ?? 'no answer';
      return index === hops.length - 1 ? `${url}  (${status})` : `${url} --${status}--> `;
    })
    .join('');
