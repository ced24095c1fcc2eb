import type { CheckResult } from '../../model/run.ts';
import { fieldsOf, itemsOf, numberOf, own, textOf } from './shape.ts';

/**
 * Redirect chains among the facts, one line each: `https://a/ --308--> https://b/ --200`.
 * A probe that folds its own chain says so in `text`; else hops are joined, and only when something redirected.
 */
export const chainsOf = (check: CheckResult): readonly string[] => {
  const facts = check.facts;
  const single = chainText(own(facts, 'chain')) ?? chainText(own(facts, 'redirects'));
  const several = itemsOf(own(facts, 'chains')).map(chainText);
  return [...new Set([single, ...several].filter((text) => text !== null))];
};

const chainText = (chain: unknown): string | null => {
  const fields = fieldsOf(chain);
  const text = textOf(chain) ?? (fields === null ? null : textOf(own(fields, 'text')));
  return text ?? joinHops(itemsOf(fields === null ? chain : own(fields, 'hops')));
};

const joinHops = (hops: readonly unknown[]): string | null => {
  const parts = hops.flatMap((hop) => {
    const fields = fieldsOf(hop);
    const url = fields === null ? null : textOf(own(fields, 'url'));
    if (fields === null || url === null) return [];
    return [{ url, status: numberOf(own(fields, 'status')), location: textOf(own(fields, 'location')) }];
  });
  if (!parts.some((part) => part.location !== null)) return null;
  const last = parts.at(-1);
  const arrows = parts.slice(0, -1).map((part) => `${part.url} --${part.status ?? '?'}--> `);
  const end = last === undefined ? '' : `${last.url} --${last.status ?? '?'}${last.location === null ? '' : `--> ${last.location}`}`;
  return `${arrows.join('')}${end}`;
};
