import { describe, expect, it } from 'vitest';
import type { Json } from '../../../model/json.ts';
import { readHealth } from '../read-health.ts';
import type { FormatName, HealthAnswer, HealthReading } from '../reading.ts';

const AT = new Date('2026-11-21T12:00:00Z');

const parse = (body: string): Json | undefined => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const answer = (status: number, body: string, headers: HealthAnswer['headers'] = {}): HealthAnswer => ({
  status,
  headers,
  body,
  json: parse(body),
  at: AT,
});

const read = (status: number, body: string, format: 'auto' | FormatName = 'auto'): HealthReading =>
  readHealth(answer(status, body), format);

type Row = readonly [title: string, status: number, body: string, expected: Partial<HealthReading>];

const table = (rows: readonly Row[]): void =>
  it.each(rows)('%s', (_title, status, body, expected) => {
    expect(read(status, body)).toMatchObject(expected);
  });

const good = { disagreements: [], contradictions: [] };

describe('lightship', () => {
  table([
    ['SERVER_IS_READY is a pass', 200, 'SERVER_IS_READY', { ...good, format: 'lightship', status: 'pass' }],
    [
      'SERVER_IS_NOT_SHUTTING_DOWN is a pass',
      200,
      'SERVER_IS_NOT_SHUTTING_DOWN',
      { ...good, format: 'lightship', status: 'pass' },
    ],
    [
      'SERVER_IS_NOT_READY is a fail under 500',
      500,
      'SERVER_IS_NOT_READY',
      { ...good, format: 'lightship', status: 'fail' },
    ],
    [
      'SERVER_IS_SHUTTING_DOWN is a fail under 500',
      500,
      'SERVER_IS_SHUTTING_DOWN\n',
      { ...good, format: 'lightship', status: 'fail' },
    ],
    [
      'SERVER_IS_NOT_READY under 200 disagrees',
      200,
      'SERVER_IS_NOT_READY',
      { disagreements: ['the body says "SERVER_IS_NOT_READY", and HTTP 200 says that all is well'] },
    ],
    ['another word is unknown', 200, 'SERVER_IS_HAPPY', { format: 'unrecognised', status: 'unknown' }],
  ]);
});
