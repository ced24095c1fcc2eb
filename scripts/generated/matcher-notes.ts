import type { FactType } from '../../src/model/fact.ts';
import type { MatcherName } from '../../src/matchers/matcher.ts';

/** What the reference tells of a matcher beside what follows from its code. */
export type MatcherNote = {
  /** What it says of a value, to stand after "holds when". */
  readonly holds: string;
  /** Of what type the value must be. */
  readonly for: string;
  /** An `expect:` line as YAML, and the type of the fact that it names. */
  readonly example: string;
  readonly type: FactType;
};

const NUMBERS = 'numbers, durations, sizes, ratios, statuses';
const LISTS = 'lists';

/** Every matcher of the language; the compiler refuses a gap. `status` has no name of its own in a file. */
export const MATCHER_NOTES: { readonly [Name in MatcherName]: MatcherNote } = {
  equals: {
    holds: 'it is this very value, of the same type; the keys of a mapping have no order. A plain value means this',
    for: 'any value',
    example: '$.status: pass',
    type: 'json',
  },
  in: {
    holds: 'it is equal to one of these values',
    for: 'any value',
    example: 'http-version: { in: ["1.1", "2"] }',
    type: 'string',
  },
  not: {
    holds: 'the matcher inside can be applied and does not hold',
    for: 'as the matcher inside',
    example: '$.mode: { not: { in: [maintenance, read-only] } }',
    type: 'json',
  },
  contains: {
    holds: 'the text has this part, the list this element, or the mapping this key',
    for: 'text, lists, mappings',
    example: 'headers.content-type: { contains: application/json }',
    type: 'string',
  },
  'not-contains': {
    holds: 'it could contain this and does not',
    for: 'text, lists, mappings',
    example: 'body: { not-contains: stack trace }',
    type: 'string',
  },
  matches: {
    holds: 'the pattern (RE2: no look-around, no back-references) is found anywhere in it',
    for: 'text',
    example: "$.version: { matches: '^v[0-9]+' }",
    type: 'json',
  },
  'starts-with': {
    holds: 'it begins with this text',
    for: 'text',
    example: 'final-url: { starts-with: "https://example.com/" }',
    type: 'string',
  },
  'ends-with': {
    holds: 'it ends with this text',
    for: 'text',
    example: 'final-url: { ends-with: /welcome }',
    type: 'string',
  },
  above: {
    holds: 'it is greater than this',
    for: NUMBERS,
    example: 'tls.days-left: { above: 30 }',
    type: 'number',
  },
  below: {
    holds: 'it is less than this',
    for: NUMBERS,
    example: 'duration: { below: 300ms }',
    type: 'duration',
  },
  'at-least': {
    holds: 'it is this or greater',
    for: NUMBERS,
    example: '$.documents: { at-least: 1000 }',
    type: 'json',
  },
  'at-most': {
    holds: 'it is this or less',
    for: NUMBERS,
    example: 'size: { at-most: 1MiB }',
    type: 'bytes',
  },
  between: {
    holds: 'it lies between the two, which belong to the range',
    for: NUMBERS,
    example: '$.workers: { between: [2, 8] }',
    type: 'json',
  },
  exists: {
    holds: 'the value is there (`true`), or is absent (`false`); `null` is there',
    for: 'any value',
    example: 'headers.x-powered-by: { exists: false }',
    type: 'string',
  },
  empty: {
    holds: 'nothing is in it (`true`), or something is (`false`)',
    for: 'text, lists, mappings',
    example: '$.errors: { empty: true }',
    type: 'json',
  },
  length: {
    holds: 'its number of characters, elements or keys fits the matcher inside',
    for: 'text, lists, mappings',
    example: '$.items: { length: { at-least: 1 } }',
    type: 'json',
  },
  type: {
    holds: 'it is a `string`, `number`, `integer`, `boolean`, `list`, `object` or `null`',
    for: 'any value',
    example: '$.id: { type: integer }',
    type: 'json',
  },
  every: {
    holds: 'there is an element, and each one fits the matcher inside',
    for: LISTS,
    example: '$.nodes[*].state: { every: ready }',
    type: 'json',
  },
  some: {
    holds: 'at least one element fits the matcher inside',
    for: LISTS,
    example: '$.roles: { some: { starts-with: admin } }',
    type: 'json',
  },
  all: {
    holds: 'each of these matchers holds; the same matcher may come twice',
    for: 'as the matchers inside',
    example: 'body: { all: [{ contains: Ada }, { contains: Grace }] }',
    type: 'string',
  },
  any: {
    holds: 'at least one of these matchers holds',
    for: 'as the matchers inside',
    example: '$.state: { any: [{ equals: ready }, { starts-with: ready- }] }',
    type: 'json',
  },
  'newer-than': {
    holds: 'it is a time less than this long ago, or after this time; more than five minutes ahead is not new',
    for: 'times: ISO 8601 with an offset, an HTTP date, an epoch number',
    example: '$.built_at: { newer-than: 24h }',
    type: 'json',
  },
  'older-than': {
    holds: 'it is a time more than this long ago, or before this time',
    for: 'times, as above',
    example: '$.created_at: { older-than: 2026-12-01T09:30:00Z }',
    type: 'json',
  },
  schema: {
    holds: 'it fits this JSON Schema',
    for: 'any value',
    example: '$: { schema: { type: object, required: [id] } }',
    type: 'json',
  },
  status: {
    holds:
      'the HTTP status is this one, of this class (`2xx`), or one of a list. Not a name: what stands under a status',
    for: 'HTTP statuses',
    example: 'status: [200, 3xx]',
    type: 'status',
  },
};
