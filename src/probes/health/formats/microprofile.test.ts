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

describe('MicroProfile Health', () => {
  const up = '{"name":"db","status":"UP","data":{"free":"1"}}';
  table([
    [
      'UP with checks is a pass',
      200,
      `{"status":"UP","checks":[${up}]}`,
      { ...good, format: 'microprofile', status: 'pass', components: [{ name: 'db', status: 'pass', says: 'UP' }] },
    ],
    [
      'DOWN names the check',
      503,
      '{"status":"DOWN","checks":[{"name":"mq","status":"DOWN"}]}',
      { ...good, format: 'microprofile', status: 'fail', message: 'the body says "DOWN": mq says "DOWN"' },
    ],
    [
      '503 with no checks is a fail that has not started',
      503,
      '{"status":"DOWN","checks":[]}',
      {
        ...good,
        format: 'microprofile',
        status: 'fail',
        message: 'the body says "DOWN": it has no checks yet: not started',
      },
    ],
    [
      'UP with no checks is a warn',
      200,
      '{"status":"UP","checks":[]}',
      {
        format: 'microprofile',
        status: 'warn',
        message: 'the body says "UP": its list of checks is empty, so nothing was looked at',
      },
    ],
    [
      'the total is the AND: UP over DOWN contradicts',
      200,
      `{"status":"UP","checks":[${up},{"name":"mq","status":"DOWN"}]}`,
      { contradictions: [{ component: 'mq', says: 'DOWN', total: 'UP' }] },
    ],
    ['a check without a status is unknown', 200, '{"status":"UP","checks":[{"name":"mq"}]}', { status: 'unknown' }],
    [
      'UP under 500 (undetermined) disagrees',
      500,
      `{"status":"UP","checks":[${up}]}`,
      { disagreements: ['the body says "UP", and HTTP 500 says that it does not serve'] },
    ],
    ['500 without a body is unknown', 500, '', { format: 'unrecognised', status: 'unknown' }],
  ]);

  it('demands the list of checks when it is asked for by name', () => {
    expect(read(200, '{"status":"UP"}', 'microprofile')).toMatchObject({ format: 'unrecognised', status: 'unknown' });
  });
});
