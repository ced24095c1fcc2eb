import { expect, test } from 'vitest';
import { resolvePlainScalar } from './plain-scalar.ts';

test.each([
  ['', null],
  ['~', null],
  ['null', null],
  ['true', true],
  ['False', false],
  ['0', 0],
  ['-7', -7],
  ['+12', 12],
  ['-0', 0],
  ['0o14', 12],
  ['0x1F', 31],
  ['1.5', 1.5],
  ['.5', 0.5],
  ['1.', 1],
  ['1e3', 1000],
  ['-1.5E-2', -0.015],
  ['1.10', 1.1],
  ['9007199254740991', 9_007_199_254_740_991],
  ['3.141592653589793', Math.PI],
])('%s is %s', (text, value) => {
  expect(resolvePlainScalar(text)).toEqual({ ok: true, value });
});

test.each(
  'yes no on off y n Yes ON 012 007 12:30 2001-01-01 2001-01-01T00:00:00Z 1_000 0b11 1.2.3 10s nULL -.x + - . e3'.split(
    ' ',
  ),
)('%s stays a text', (text) => {
  expect(resolvePlainScalar(text)).toEqual({ ok: true, value: text });
});

test.each([
  ['12345678901234567890', 'the number 12345678901234567890 would lose digits (it would become 12345678901234567000)'],
  ['9007199254740993', 'the number 9007199254740993 would lose digits (it would become 9007199254740992)'],
  [
    '0.12345678901234567890',
    'the number 0.12345678901234567890 would lose digits (it would become 0.12345678901234568)',
  ],
  ['0xFFFFFFFFFFFFFFFF', 'the number 0xFFFFFFFFFFFFFFFF would lose digits (it would become 18446744073709552000)'],
  ['1e-400', 'the number 1e-400 would lose digits (it would become 0)'],
  ['1e400', 'the number 1e400 is too large'],
  ['.inf', '.inf is not a finite number'],
  ['-.INF', '-.INF is not a finite number'],
  ['.nan', '.nan is not a finite number'],
])('%s is refused', (text, message) => {
  expect(resolvePlainScalar(text)).toEqual({ ok: false, message });
});
