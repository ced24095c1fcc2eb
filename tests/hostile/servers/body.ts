import { asked, fails, passes, warns, type Behaviour, type Target } from '../behaviour.ts';
import { healthy, JSON_TYPE, sends, whole } from './wire.ts';

const json = (text: string | Uint8Array, ...headers: readonly string[]): Uint8Array =>
  whole(text, [JSON_TYPE, ...headers]);
const html = (text: string): Uint8Array => whole(text, ['Content-Type: text/html; charset=utf-8']);
const text = (bytes: string | Uint8Array, charset: string): Uint8Array =>
  whole(bytes, [`Content-Type: text/plain; charset=${charset}`]);

const latin1 = (source: string): Uint8Array => Buffer.from(source, 'latin1');
const saysOk: Pick<Target, 'expect'> = { expect: { body: { contains: 'ok' } } };
const ofHealth: Pick<Target, 'kind'> = { kind: 'health' };

/** Text that is none (H14), and bodies that tell otherwise than their status (H16). */
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
