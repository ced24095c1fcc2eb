import { expect, test } from 'vitest';
import { readText } from './body-text.ts';

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

test.each([
  ['UTF-8 when nothing is declared', bytes(0xc3, 0xa9), 'text/plain', 'é'],
  ['a quoted charset', bytes(0xe9), 'text/plain; Charset="ISO-8859-1"', 'é'],
  ['UTF-16', bytes(0x61, 0x00, 0xe9, 0x00), 'text/plain;charset=utf-16', 'aé'],
  ['UTF-8 behind a byte order mark', bytes(0xef, 0xbb, 0xbf, 0x61), 'application/json', 'a'],
  ['nothing as the empty text', bytes(), '', ''],
])('reads %s', (_title, body, type, text) => expect(readText(body, type)).toEqual({ ok: true, text }));

test.each([
  [bytes(0x61, 0x62, 0xff, 0x63), 'text/plain', 'the body is not valid utf-8 at byte 2'],
  [bytes(0x61, 0xc3), 'text/plain; charset=UTF-8', 'the body is not valid utf-8 at byte 2'],
  [bytes(0x61), 'text/plain; charset=klingon', 'the charset "klingon" is not known'],
])('replaces nothing: %j', (body, type, problem) => expect(readText(body, type)).toEqual({ ok: false, problem }));
