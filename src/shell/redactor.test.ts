import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../model/json.ts';
import { makeRedactor } from './redactor.ts';

const redact = (secret: string, value: Json): Json => makeRedactor(new Map([['TOKEN', secret]]))(value);

const html = (text: string, apostrophe: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", apostrophe);

const inAscii = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** How a target, a library or a log may write a text down. */
const encodings: { readonly [name: string]: (text: string) => string } = {
  raw: (text) => text,
  'in capitals': (text) => text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()),
  'URL component': encodeURIComponent,
  'URL component in lower case': (text) => encodeURIComponent(text).replaceAll(/%../g, (hex) => hex.toLowerCase()),
  'URL with %20 as +': (text) => encodeURIComponent(text).replaceAll('%20', '+'),
  'URL path': (text) => encodeURIComponent(text).replaceAll('%2F', '/'),
  'whole URL': encodeURI,
  form: (text) => new URLSearchParams([['', text]]).toString().slice(1),
  'password in a URL': (text) => {
    const url = new URL('http://user@host/');
    url.password = text;
    return url.password;
  },
  hex: (text) => Buffer.from(text).toString('hex'),
  HEX: (text) => Buffer.from(text).toString('hex').toUpperCase(),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  'JSON in JSON': (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  'JSON in ASCII': inAscii,
  'JSON with \\/': (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
  HTML: (text) => html(text, '&#39;'),
  'HTML with &#x27;': (text) => html(text, '&#x27;'),
  'HTML with &apos;': (text) => html(text, '&apos;'),
};

const tricky = fc.constantFrom(...'&<>"\'/\\+%$&`{}()[]^.*?|-_~! =:@#äé😀\u2028'.split(/(?:)/u), ...'abcXYZ0189');
const secrets = fc
  .array(fc.oneof(tricky, fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme' })), { minLength: 6, maxLength: 40 })
  .map((parts) => parts.join('').trim())
  .filter((secret) => secret.length >= 6 && secret.isWellFormed());

describe('makeRedactor', () => {
  it.each(Object.entries(encodings))('finds any secret: %s', (_, encode) => {
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
        const text = `${before} ${encode(secret)} ${after}`;
        const clean = redact(secret, { body: [text], [text]: 1 });
        const leak = encode(secret);
        // What stands around it may hold the same text by chance only when it is a part of the mask itself.
        fc.pre(!'***'.includes(leak));
        expect(JSON.stringify(clean)).not.toContain(JSON.stringify(leak).slice(1, -1));
        expect(JSON.stringify(clean)).toContain('***');
      }),
      { numRuns: 150 },
    );
  });

  it('finds a secret inside a longer text in base64, at every alignment, and leaves none of its characters', () => {
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), fc.boolean(), (secret, before, after, url) => {
        const encoded = Buffer.from(`${before}${secret}${after}`).toString(url ? 'base64url' : 'base64');
        const clean = String(redact(secret, `Basic ${encoded}`)).slice('Basic '.length);
        const [head = '', tail = ''] = [
          clean.slice(0, clean.indexOf('***')),
          clean.slice(clean.lastIndexOf('***') + 3),
        ];
        expect(clean).toContain('***');
        const charactersOf = (text: string): number => (Buffer.byteLength(text) * 8) / 6;
        const behind = Math.ceil(charactersOf(before + secret + after)) - Math.ceil(charactersOf(before + secret));
        expect(head.length).toBeLessThanOrEqual(Math.floor(charactersOf(before)));
        expect(tail.replaceAll('=', '').length).toBeLessThanOrEqual(behind);
      }),
      { numRuns: 500 },
    );
  });

  it('masks every line of a longer secret', () => {
    const lines = ['-----BEGIN KEY-----', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 'c2hvcnQ=', '-----END KEY-----'];
    const clean = makeRedactor(new Map([['KEY', `${lines.join('\r\n')}\n`]]));
    for (const line of lines) expect(clean(`x ${line} y`)).toBe('x *** y');
    expect(clean(lines.join('\n'))).toBe('***\n***\n***\n***');
    expect(clean(JSON.stringify({ key: `${lines.join('\r\n')}\n` }))).toBe('{"key":"***"}');
  });

  it('takes patterns and replacement marks in a secret literally', () => {
    expect(redact('$&a.*b$1(', 'x$&a.*b$1(x aXXb')).toBe('x***x aXXb');
  });

  it('masks the whole of secrets that overlap or hold each other', () => {
    const clean = makeRedactor(
      new Map([
        ['A', 'abcdef'],
        ['B', 'defghi'],
        ['C', 'abcdefghijkl'],
      ]),
    );
    expect(clean('<abcdefghi> <abcdefghijkl> <abcdef>')).toBe('<***> <***> <***>');
  });

  it('gives every secret the same mask, whatever its length', () => {
    expect(
      makeRedactor(
        new Map([
          ['A', 'secret-a'],
          ['B', 'a-longer-secret'],
        ]),
      )('secret-a,a-longer-secret'),
    ).toBe('***,***');
  });

  it('masks a number that spells a secret', () => {
    expect(redact('83492311', { pin: 83492311, other: 83492312 })).toEqual({ pin: '***', other: 83492312 });
  });

  it('returns what holds no secret as it is', () => {
    const clean = makeRedactor(
      new Map([
        ['A', 'secret-a'],
        ['EMPTY', ''],
      ]),
    );
    const value = { status: 200, list: ['a', { b: null }], text: 'nothing', empty: '' };
    expect(clean(value)).toBe(value);
    expect(makeRedactor(new Map())(value)).toBe(value);
  });

  it('keeps names that JavaScript gives a meaning', () => {
    const value: Json = JSON.parse('{"__proto__":{"a":"secret-a"},"constructor":"x"}');
    expect(JSON.stringify(redact('secret-a', value))).toBe('{"__proto__":{"a":"***"},"constructor":"x"}');
  });

  it('is fast where there is nothing to find, with many secrets', () => {
    const many = new Map(Array.from({ length: 50 }, (_, index) => [`S${index}`, `secret-${index}-&<"'`]));
    const clean = makeRedactor(many);
    const body = '{"id":1,"name":"The quick brown fox","url":"https://example.com/?a=b"}'.repeat(30_000);
    const startedMs = performance.now();
    expect(clean(body)).toBe(body);
    expect(performance.now() - startedMs).toBeLessThan(1500);
  });
});
