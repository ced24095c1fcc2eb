import { asked, fails, passes, type Behaviour } from '../behaviour.ts';
import { JSON_TYPE, sends, whole } from './wire.ts';

const json = (text: string): Uint8Array => whole(text, [JSON_TYPE]);

const HEAVY =
  /^the body is not JSON: it has too many values: they weigh more than 327680, and a larger limits.body allows more$/;

/** What an honest service might list: objects that are all made alike. */
const log = (lines: number): string =>
  Array.from({ length: lines }, (_, at) => {
    const line = { id: at, name: `service-${at}`, status: 'pass', time: '2026-01-01T00:00:00Z', output: 'all is well' };
    return JSON.stringify({ ...line, note: 'nothing to be told about it' });
  }).join(',');

/** JSON that is none, that is two things at once, and that is made to take much memory (H15). */
export const jsonBodies: readonly Behaviour[] = [
  sends(
    ['json-100000-deep', 'H15', 'never'],
    fails('not-json', /^the body is not JSON: it is nested deeper than 100$/),
    json(`{"status":"pass","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
    asked,
  ),
  sends(
    ['json-name-twice', 'H15', 'never'],
    fails('not-json', /^the body is not JSON: the name "status" occurs twice in one object$/),
    json('{"status":"down","status":"pass"}'),
    asked,
  ),
  sends(
    ['json-name-twice-escaped', 'H15', 'never'],
    fails('not-json', /^the body is not JSON: the name "status" occurs twice in one object$/),
    json('{"status":"down","\\u0073tatus":"pass"}'),
    asked,
  ),
  sends(
    ['json-number-too-large', 'H15', 'never'],
    fails('not-json', /^the body is not JSON: the number 1e400 is out of range$/),
    json('{"status":"pass","n":1e400}'),
    asked,
  ),
  sends(
    ['json-number-not-exact', 'H15', 'never'],
    fails(
      'type-mismatch',
      /^\$\.id: string "9007199254740993" is not number 9007199254740991: types are never converted$/,
    ),
    json('{"id":9007199254740993}'),
    { expect: { '$.id': Number.MAX_SAFE_INTEGER } },
  ),
  sends(
    ['json-number-beyond-2-53', 'H15', 'never'],
    fails('assertion-failed', /^\$\.id: string "9007199254740993" is not "9007199254740992"$/),
    json('{"id":9007199254740993}'),
    { expect: { '$.id': '9007199254740992' } },
  ),
  sends(['json-number-as-written', 'H15', 'may'], passes, json('{"id":9007199254740993}'), {
    expect: { '$.id': '9007199254740993' },
  }),
  sends(
    ['json-numbers-one-apart', 'H15', 'never'],
    fails('value-missing', /^\$\[\?@\.id == @\.other\]: there is no value$/),
    json('[{"id":9007199254740993,"other":9007199254740992}]'),
    { expect: { '$[?@.id == @.other]': { exists: true } } },
  ),
  sends(
    ['json-nan', 'H15', 'never'],
    fails('not-json', /^the body is not JSON: /),
    json('{"status":"pass","n":NaN}'),
    asked,
  ),
  sends(
    ['json-comma-too-many', 'H15', 'never'],
    fails('not-json', /^the body is not JSON: /),
    json('{"status":"pass",}'),
    asked,
  ),
  sends(
    ['json-two-values', 'H15', 'never'],
    fails('not-json', /^the body is not JSON: /),
    json('{"status":"pass"}{"status":"down"}'),
    asked,
  ),
  sends(
    ['json-proto', 'H15', 'never'],
    fails('value-missing', /^\$\.status: there is no value$/),
    json('{"__proto__":{"status":"pass"}}'),
    asked,
  ),
  sends(
    ['json-10-mib', 'H15', 'may'],
    passes,
    json(`{"status":"pass","x":[${'1234567.8901234567890123456789,'.repeat(320_000)}1]}`),
    asked,
  ),
  sends(['json-log-of-20000', 'H15', 'may'], passes, json(`{"status":"pass","x":[${log(20_000)}]}`), asked),
  sends(
    ['json-5-million-values', 'H15', 'may'],
    fails('not-json', HEAVY),
    json(`{"status":"pass","x":[${'1,'.repeat(5_000_000)}1]}`),
    asked,
  ),
  sends(
    ['json-3-million-lists', 'H15', 'may'],
    fails('not-json', HEAVY),
    json(`{"status":"pass","x":[${'[],'.repeat(3_000_000)}1]}`),
    asked,
  ),
  sends(
    ['json-900000-names', 'H15', 'may'],
    fails('not-json', HEAVY),
    json(`{"status":"pass"${Array.from({ length: 900_000 }, (_, at) => `,"${at}":1`).join('')}}`),
    asked,
  ),
];
