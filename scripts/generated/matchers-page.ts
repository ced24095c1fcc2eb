import { parse } from 'yaml';
import type { FactType } from '../../src/model/fact.ts';
import { isJsonObject, type Json } from '../../src/model/json.ts';
import { evaluate } from '../../src/matchers/evaluate.ts';
import { MATCHERS, type MatcherName } from '../../src/matchers/matcher.ts';
import { parseMatcher } from '../../src/matchers/parse.ts';
import { code, page, table } from './markdown.ts';
import { MATCHER_NOTES } from './matcher-notes.ts';

const isJson = (value: unknown): value is Json => value !== undefined;

/** Whether the example of a matcher holds where its fact is absent: asked of the code, not written down. */
const holdsWithoutValue = (name: MatcherName): boolean => {
  const { example, type } = MATCHER_NOTES[name];
  const read: unknown = parse(example);
  const [fact, written] = isJson(read) && isJsonObject(read) ? (Object.entries(read)[0] ?? []) : [];
  const parsed = fact === undefined || written === undefined ? null : parseMatcher(written, type);
  if (fact === undefined || parsed === null || 'problems' in parsed) throw new Error(`the example of ${name} is wrong`);
  const asked = { fact, type, level: 'expect', code: null, source: null } as const;
  return parsed.clauses.every((clause) => evaluate({ ...asked, ...clause }, {}, new Date(0)).held);
};

const matcherTable = (): string =>
  table(
    ['matcher', 'holds when', 'for', 'example', 'when the value is missing'],
    MATCHERS.map((name) => [
      code(name),
      MATCHER_NOTES[name].holds,
      MATCHER_NOTES[name].for,
      code(MATCHER_NOTES[name].example),
      holdsWithoutValue(name) ? 'holds' : 'does not hold',
    ]),
  );

/** How an expected value is written for each type of fact. */
const WRITTEN: { readonly [Type in FactType]: string } = {
  string: 'text: `pass`, `"200"`',
  number: 'a plain number: `3`, `0.5`',
  boolean: '`true` or `false`',
  duration: 'a number with `ms`, `s`, `m`, `h` or `d`: `300ms`, `1.5s`, `15m`, `2h`, `30d`; never a plain number',
  bytes: 'a number with `B`, `KiB`, `MiB`, `GiB`, `kB`, `MB` or `GB`, or plain bytes: `512B`, `64KiB`, `1MiB`',
  ratio: 'a percentage or a number from 0 to 1: `99.5%`, `0.995`',
  time: 'a date or a time with its offset: `2026-12-01`, `2026-12-01T09:30:00Z`; or `newer-than: 24h`',
  status: 'a status, a class or a list of them: `200`, `2xx`, `[200, 404]`',
  list: 'a list, all of it in this order: `[a, b]`; for single elements `contains`, `some` and `every`',
  object: 'a mapping under `equals`: `{ equals: { a: 1 } }`',
  json: 'any value, without units: `3`, `pass`, `null`, `{ equals: { a: 1 } }`',
};

/** The reference of matchers and of how expected values are written. */
export const makeMatchersPage = (): string =>
  page([
    '# Matchers',
    'Under `expect:` and `warn:` each key names a fact, and its value says what the fact must be. A plain value means equality. A mapping holds matchers, which must all hold. A broken `expect:` fails the check, a broken `warn:` makes it a warn.',
    [
      '```yaml',
      'http: https://example.com/api/items',
      'expect:',
      '  status: 200',
      '  headers.content-type: { contains: application/json }',
      '  $.items: { type: list, length: { at-least: 1 } }',
      'warn:',
      '  duration: { below: 300ms }',
      '```',
    ].join('\n'),
    matcherTable(),
    '## How expected values are written',
    'A fact has a type, told in the tables of the [probe kinds](probes.md). It decides how an expected value is written; another form is an error when the file is loaded.',
    table(
      ['type of the fact', 'written as'],
      Object.entries(WRITTEN).map(([type, how]) => [code(type), how]),
    ),
    '## Missing values and other types',
    [
      '- A value that is missing holds for nothing but `exists: false`. `not` and `not-contains` do not hold either: nothing was seen. The reason code is `value-missing`.',
      '- `null` is a value. It is there, and it is equal to `null` alone.',
      '- Types are never converted: `"1"` is not `1`, `"true"` is not `true`. Such a break has the reason code `type-mismatch` and says what came. It breaks `not` as well.',
      '- `every` and `some` over an empty list do not hold: no element can show it.',
    ].join('\n'),
    '## JSONPath',
    [
      '- A fact name that begins with `$` is a JSONPath (RFC 9535) over the fact `json`: `$.status`, `$.items[0].id`, `$.items[*].id`.',
      "- A name with a hyphen is written in brackets: `$['built-at']`.",
      '- A path with `*`, `..`, a slice or a filter gives the list of all nodes that it finds, to use with `every`, `some`, `contains` or `length`.',
      '- Where the part before the first such sign is not there, the value is missing, and the list is not merely empty.',
    ].join('\n'),
  ]);
