import type { CheckResult } from '../../model/run.ts';
import { disarmLine, forTerminal } from '../encode/terminal.ts';

const LONGEST = 200;
const MOST_ITEMS = 20;

const scalar = (value: unknown, unicode: boolean): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}... (${text.length} characters)` : text;
  return forTerminal(cut, unicode);
};

const linesOf = (name: string, value: unknown, indent: string, unicode: boolean): readonly string[] => {
  const label = `${indent}${forTerminal(name, unicode)}`;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.every((item) => typeof item !== 'object' || item === null)) {
      return [
        `${label}: ${
          items.length === 0
            ? '(none)'
            : items
                .slice(0, MOST_ITEMS)
                .map((item) => scalar(item, unicode))
                .join(', ')
        }`,
      ];
    }
    const shown = items
      .slice(0, MOST_ITEMS)
      .flatMap((item, index) => linesOf(String(index + 1), item, `${indent}  `, unicode));
    return [`${label}:`, ...shown];
  }
  if (typeof value === 'object' && value !== null) {
    return [
      `${label}:`,
      ...Object.entries(value).flatMap(([key, inner]) => linesOf(key, inner, `${indent}  `, unicode)),
    ];
  }
  return [`${label}: ${scalar(value, unicode)}`];
};

/** Every fact of a look, one line each, nested as they are: what `gonogo probe` shows besides the verdict. */
export const renderFacts = (facts: CheckResult['facts'], { unicode }: { readonly unicode: boolean }): string =>
  Object.entries(facts)
    .flatMap(([name, value]) => linesOf(name, value, '  ', unicode))
    .map((line) => `${disarmLine(line)}\n`)
    .join('');
