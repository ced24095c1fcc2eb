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

describe('ietf health+json', () => {
  const checks =
    '{"db:responseTime":[{"componentType":"datastore","observedValue":250,"observedUnit":"ms","status":"warn","time":"2026-11-21T11:59:00Z","output":"slow"}]}';
  table([
    ['pass is a pass', 200, '{"status":"pass"}', { ...good, format: 'ietf', status: 'pass', message: null }],
    ['words are case-insensitive', 200, '{"status":"PASS"}', { ...good, format: 'ietf', status: 'pass' }],
    ['warn is a warn under 200', 200, '{"status":"Warn"}', { ...good, format: 'ietf', status: 'warn' }],
    ['pass may come with a 3xx that leads nowhere', 304, '{"status":"pass"}', { ...good, status: 'pass' }],
    ['fail is a fail under 503', 503, '{"status":"fail"}', { ...good, format: 'ietf', status: 'fail' }],
    ['fail may come with 4xx', 404, '{"status":"fail"}', { ...good, status: 'fail' }],
    [
      'fail under 200 disagrees',
      200,
      '{"status":"fail"}',
      { status: 'fail', disagreements: ['the body says "fail", and HTTP 200 says that all is well'] },
    ],
    [
      'pass under 503 disagrees',
      503,
      '{"status":"pass"}',
      { status: 'pass', disagreements: ['the body says "pass", and HTTP 503 says that it does not serve'] },
    ],
    [
      'a warning measurement is named, observed and makes a pass a warn',
      200,
      `{"status":"pass","checks":${checks}}`,
      {
        status: 'warn',
        components: [
          {
            name: 'db:responseTime',
            status: 'warn',
            says: 'warn',
            detail: 'slow',
            observed: '250 ms',
            time: '2026-11-21T11:59:00Z',
          },
        ],
      },
    ],
    [
      'a failing measurement under pass contradicts',
      200,
      '{"status":"pass","checks":{"db:up":[{"status":"pass"},{"status":"FAIL"}]}}',
      { status: 'pass', contradictions: [{ component: 'db:up', says: 'FAIL', total: 'pass' }] },
    ],
    [
      'a failing measurement under warn does not contradict',
      200,
      '{"status":"warn","checks":{"a":[{"status":"fail"}]}}',
      { ...good, status: 'warn' },
    ],
    [
      'a measurement without a status claims nothing',
      200,
      '{"status":"pass","checks":{"uptime":[{"observedValue":3}]}}',
      { ...good, status: 'pass' },
    ],
    ['a component without a measurement is a warn', 200, '{"status":"pass","checks":{"db":[]}}', { status: 'warn' }],
    ['an empty list of checks is a warn', 200, '{"status":"pass","checks":{}}', { status: 'warn' }],
    [
      'a part that is down beside the checks is seen',
      200,
      '{"status":"pass","services":{"db":"down"}}',
      { contradictions: [{ component: 'db', says: 'down', total: 'pass' }] },
    ],
  ]);

  it.each([
    ['ok', 200, 'pass'],
    ['UP', 200, 'pass'],
    ['error', 503, 'fail'],
    ['Down', 503, 'fail'],
    ['sparkling', 200, 'unknown'],
  ])('takes the alias %s by its content type', (word, status, expected) => {
    const body = `{"status":"${word}"}`;
    const reading = readHealth(answer(status, body, { 'content-type': 'application/health+json' }), 'auto');
    expect(reading).toMatchObject({ format: 'ietf', status: expected });
  });
});
