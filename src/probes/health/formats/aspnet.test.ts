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

describe('ASP.NET Core', () => {
  const entries = (status: string): string =>
    `{"status":${status},"totalDuration":"00:00:01","entries":{"db":{"data":{},"description":"slow","duration":"00:00:01","status":${status},"tags":[]}}}`;
  table([
    ['Healthy is a pass', 200, 'Healthy', { ...good, format: 'aspnet-text', status: 'pass' }],
    ['Degraded comes with 200 and is a warn', 200, 'Degraded', { ...good, format: 'aspnet-text', status: 'warn' }],
    ['Unhealthy is a fail', 503, 'Unhealthy', { ...good, format: 'aspnet-text', status: 'fail' }],
    [
      'Unhealthy under 200 disagrees',
      200,
      'Unhealthy',
      { disagreements: ['the body says "Unhealthy", and HTTP 200 says that all is well'] },
    ],
    ['entries: Healthy', 200, entries('"Healthy"'), { ...good, format: 'aspnet-json', status: 'pass' }],
    [
      'entries: Degraded',
      200,
      entries('"Degraded"'),
      {
        ...good,
        format: 'aspnet-json',
        status: 'warn',
        message: 'the body says "Degraded": db says "Degraded" (slow)',
      },
    ],
    ['entries: Unhealthy', 503, entries('"Unhealthy"'), { ...good, format: 'aspnet-json', status: 'fail' }],
    ['entries: the enum 2 is Healthy', 200, entries('2'), { ...good, format: 'aspnet-json', status: 'pass' }],
    ['entries: the enum 1 is Degraded', 200, entries('1'), { ...good, format: 'aspnet-json', status: 'warn' }],
    ['entries: the enum 0 is Unhealthy', 503, entries('0'), { ...good, format: 'aspnet-json', status: 'fail' }],
    [
      'entries: Healthy over a 0 contradicts',
      200,
      '{"status":2,"entries":{"db":{"status":0}}}',
      { contradictions: [{ component: 'db', says: '0', total: '2' }] },
    ],
    ['entries: 3 is no status', 200, '{"status":3,"entries":{"db":{"status":2}}}', { status: 'unknown' }],
  ]);
});
