import { asked, fails, passes, warns, type Behaviour, type Target } from '../behaviour.ts';
import { healthy, JSON_TYPE, sends, whole } from './wire.ts';

const json = (text: string | Uint8Array, ...headers: readonly string[]): Uint8Array =>
  whole(text, [JSON_TYPE, ...headers]);
const html = (text: string): Uint8Array => whole(text, ['Content-Type: text/html; charset=utf-8']);
const text = (bytes: string | Uint8Array, charset: string): Uint8Array =>
  whole(bytes, [`Content-Type: text/plain; charset=${charset}`]);

const HEAVY = /^the body is not JSON: it has too many values to be judged: they weigh more than 524288$/;

/** What an honest service might list: objects that are all made alike. */
const log = (lines: number): string =>
  Array.from({ length: lines }, (_, at) => {
    const line = { id: at, name: `service-${at}`, status: 'pass', time: '2026-01-01T00:00:00Z', output: 'all is well' };
    return JSON.stringify({ ...line, note: 'nothing to be told about it' });
  }).join(',');

const latin1 = (source: string): Uint8Array => Buffer.from(source, 'latin1');
const saysOk: Pick<Target, 'expect'> = { expect: { body: { contains: 'ok' } } };
const ofHealth: Pick<Target, 'kind'> = { kind: 'health' };

/** Text that is none (H14), JSON that is none or two things at once (H15), and bodies that tell otherwise (H16). */
export const body: readonly Behaviour[] = [
  sends(
    ['utf-8-invalid', 'H14', 'never'],
    fails('invalid-utf8', /^the body is not valid utf-8 at byte 3$/),
    text(latin1('ok \u00ff ok'), 'utf-8'),
    saysOk,
  ),
  sends(
    ['utf-16-undeclared', 'H14', 'never'],
    fails('invalid-utf8', /^the body is not valid utf-8 at byte 0$/),
    whole(Buffer.from('\ufeff{"status":"pass"}', 'utf16le'), [JSON_TYPE]),
    asked,
  ),
  sends(['utf-16-declared', 'H14', 'may'], passes, text(Buffer.from('\ufeffok', 'utf16le'), 'utf-16le'), saysOk),
  sends(['bom-before-json', 'H14', 'may'], passes, json('\ufeff{"status":"pass"}'), asked),
  sends(
    ['charset-wrong', 'H14', 'never'],
    fails('invalid-utf8', /^the body is not valid utf-16le at byte 3$/),
    text('ok!', 'utf-16le'),
    saysOk,
  ),
  sends(
    ['charset-unknown', 'H14', 'never'],
    fails('invalid-utf8', /^the charset "klingon" is not known$/),
    text('ok', 'klingon'),
    saysOk,
  ),
  sends(['nul-in-text', 'H14', 'may'], passes, text('ok\0', 'utf-8'), saysOk),

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
  sends(['json-10-mib', 'H15', 'may'], passes, json(`{"status":"pass","x":[${'1234567.890123456789,'.repeat(490_000)}1]}`), asked),
  sends(['json-log-of-4-mib', 'H15', 'may'], passes, json(`{"status":"pass","x":[${log(30_000)}]}`), asked),
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
  sends(
    ['down-with-200', 'H16', 'never'],
    fails('health-fail', /^the body says "down"$/),
    json('{"status":"down"}'),
    ofHealth,
  ),
  sends(
    ['html-error-with-200', 'H16', 'never'],
    fails('wrong-content-type', /^the body is an HTML page where JSON was expected$/),
    html('<!doctype html><title>502 Bad Gateway</title>'),
    asked,
  ),
  sends(
    ['login-page', 'H16', 'never'],
    fails('wrong-content-type', /^the body is a web page where a health body was expected$/),
    html('<!doctype html><form action="/login"></form>'),
    ofHealth,
  ),
  sends(
    ['html-in-json', 'H16', 'never'],
    fails('wrong-content-type', /^the body is an HTML page where JSON was expected$/),
    json('<html>{"status":"pass"}</html>'),
    asked,
  ),
  sends(
    ['from-a-cache', 'H16', 'may'],
    warns('health-stale', /^the answer was in a cache for 1 hour \(Age: 3600\)$/),
    json('{"status":"pass"}', 'Age: 3600'),
    ofHealth,
  ),
  sends(['plain-and-healthy', 'H16', 'may'], passes, healthy, asked),
];
