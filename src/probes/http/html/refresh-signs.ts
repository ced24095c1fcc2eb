import type { FactTable } from '../../../model/fact.ts';
import { isJsonObject } from '../../../model/json.ts';
import type { Facts, Sign } from '../../../model/observation.ts';
import type { ReasonCode } from '../../../model/reason-code.ts';
import type { DefaultExpectation } from '../../probe.ts';

/** Where a page leads its readers without a redirect of HTTP. */
export const pageMovesFactTable: FactTable = {
  'refresh.url': {
    type: 'string',
    description: 'where the page sends its reader by itself, which is never followed; absent when it does not',
    code: 'redirect-unexpected-target',
  },
  'refresh.after': { type: 'duration', description: 'how long the page waits before it does' },
  'refresh.source': {
    type: 'string',
    description: 'how: `header` (Refresh), `meta` (http-equiv) or `script` (only where the page shows nothing else)',
  },
  'refresh.elsewhere': {
    type: 'boolean',
    description: 'whether that is another site, this one without https, or no address of the web',
    code: 'redirect-unexpected-target',
  },
  'refresh.only': {
    type: 'boolean',
    description: 'whether the page shows next to nothing beside it: it stands for a redirect',
    code: 'redirect-unexpected',
  },
  canonical: {
    type: 'string',
    description:
      'the address that the page calls its own, by `link rel=canonical` or the header Link; absent without one',
    code: 'redirect-unexpected-target',
  },
};

/** Warns of a page that sends its reader on: of one that is `only` there for it, or of one that leads `elsewhere`. */
export const refreshDefault = (what: 'only' | 'elsewhere', code: ReasonCode): DefaultExpectation => ({
  fact: `refresh.${what}`,
  matcher: 'any',
  expected: [[{ matcher: 'exists', expected: false }], [{ matcher: 'equals', expected: false }]],
  level: 'warn',
  code,
});

const HOW: ReadonlyMap<unknown, string> = new Map([
  ['header', 'the header Refresh'],
  ['meta', 'meta refresh'],
  ['script', 'a script'],
]);

/** What a page that sends its reader on shows. Pure. */
export const refreshSigns = (facts: Facts): readonly Sign[] => {
  const { refresh } = facts;
  if (!isJsonObject(refresh)) return [];
  const { url, after, source, only, elsewhere } = refresh;
  const when = typeof after === 'number' && after > 0 ? `after ${after / 1000} s` : 'at once';
  const path = `to ${String(url)} ${when}, by ${HOW.get(source) ?? String(source)}, which is not followed`;
  return [
    ...(only === true
      ? [
          {
            code: 'redirect-unexpected',
            fact: 'refresh.only',
            message: `the page does nothing but lead on: ${path}`,
          } as const,
        ]
      : []),
    ...(elsewhere === true
      ? [
          {
            code: 'redirect-unexpected-target',
            fact: 'refresh.elsewhere',
            message: `the page leads its readers to another site: ${path}`,
          } as const,
        ]
      : []),
  ];
};
