import { expect, it } from 'vitest';
import { localLimit } from './local-limit.ts';

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });

it.each([
  ['the error itself', withCode('EMFILE')],
  ['its cause', new Error('failed', { cause: withCode('EMFILE') })],
  ['the cause of its cause', new Error('a', { cause: new Error('b', { cause: withCode('EMFILE') }) })],
  ['one of several', new AggregateError([withCode('ECONNREFUSED'), withCode('EMFILE')])],
])('finds a limit of this machine in %s', (_, error) => {
  expect(localLimit(error)).toBe('EMFILE');
});

it.each([
  ['what the target did', withCode('ECONNREFUSED')],
  ['an error without a code', new Error('EMFILE')],
  ['what is no error', { code: 'EMFILE' }],
  ['nothing', null],
])('finds none in %s', (_, error) => {
  expect(localLimit(error)).toBeNull();
});

it('ends although an error is its own cause', () => {
  const error = new Error('x');
  error.cause = error;
  expect(localLimit(error)).toBeNull();
});
