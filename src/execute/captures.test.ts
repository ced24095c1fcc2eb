import { describe, expect, it } from 'vitest';
import type { Capture } from '../config/config.ts';
import type { Json } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';
import { newSession, type Session } from '../probes/session.ts';
import { readCaptures, secretTexts } from './captures.ts';

const source = { file: 'gonogo.yaml', line: 4, column: 5 };
const taking = (from: Capture['from'], secret = false): Capture => ({ name: 'x', from, secret, source });
const path = (fact: string): Capture['from'] => ({ kind: 'fact', fact, pattern: null });
const body = (pattern: string): Capture['from'] => ({ kind: 'fact', fact: 'body', pattern });

const read = (capture: Capture, facts: Facts, session: Session = newSession()) => {
  const { captured, missing } = readCaptures([capture], facts, session);
  return { value: captured['x'], told: missing.map(({ code, explanation }) => `${code}: ${explanation}`) };
};

describe('a value', () => {
  it.each<[Json]>([['text'], [7], [false], [null], [{ a: [1] }], [''], [0], [[]]])('keeps its type: %j', (value) => {
    expect(read(taking(path('$.id')), { json: { id: value } })).toEqual({ value, told: [] });
  });

  it.each([
    ['$.id', {}],
    ['$.id', { json: { other: 1 } }],
    ['$.list[*].id', { json: { list: [] } }],
    ['$.list[0]', { json: { list: [] } }],
    ['status', {}],
  ])('that is not there breaks the step in its place: %s', (fact, facts) => {
    const { captured, missing } = readCaptures([taking(path(fact))], facts, newSession());
    expect(captured).toEqual({});
    expect(missing).toMatchObject([{ fact, held: false, level: 'expect', code: 'value-missing', source }]);
    expect(missing[0]?.explanation).toBe(`there is nothing to capture as "x": ${fact} is not in the answer`);
  });

  it('is the first group of a pattern, or all of what fits', () => {
    expect(read(taking(body('id=(\\d+)')), { body: 'a id=12 b' }).value).toBe('12');
    expect(read(taking(body('id=\\d+')), { body: 'a id=12 b' }).value).toBe('id=12');
    expect(read(taking(body('id=(\\d+)')), { body: 'nothing' }).told).toEqual([
      'value-missing: there is nothing to capture as "x": what fits id=(\\d+) is not in the answer',
    ]);
  });

  it('that is huge is not taken', () => {
    expect(read(taking(path('$.id')), { json: { id: 'x'.repeat(70_000) } })).toEqual({
      value: undefined,
      told: ['assertion-failed: what was captured as "x" is 70000 characters long, and at most 65536 are taken'],
    });
  });
});

describe('a header', () => {
  const header = taking({ kind: 'header', name: 'Location' });

  it('is that of the last answer, as it was sent', () => {
    const session = { ...newSession(), headers: [['location', '/tasks/7']] as const };
    expect(read(header, { headers: { location: 'cut' } }, session).value).toBe('/tasks/7');
  });

  it('is the fact where nothing was sent through the session', () => {
    expect(read(header, { headers: { location: '/page' } }).value).toBe('/page');
    expect(read(header, {}).told).toHaveLength(1);
  });
});

describe('a secret', () => {
  it('is every text in it that can be hidden', () => {
    expect(secretTexts({ a: 'ada.lovelace', b: [1234567, 'x', true, null], c: { d: 'ada.lovelace' } })).toEqual([
      'ada.lovelace',
      '1234567',
    ]);
  });

  it.each<[Json]>([['1234'], [1234], [''], [{ pin: '12' }], [true], [null]])(
    'that cannot be hidden breaks the step: %j',
    (value) => {
      const { told, value: taken } = read(taking(path('$.pin'), true), { json: { pin: value } });
      expect(taken).toBeUndefined();
      expect(told[0]).toContain('it cannot be hidden in reports');
    },
  );

  it('is not a thousand of them', () => {
    const many = Array.from({ length: 1000 }, (_, at) => `secret-${at}`);
    expect(read(taking(path('$.all'), true), { json: { all: many } }).told[0]).toContain('more than 50 secrets');
  });
});
