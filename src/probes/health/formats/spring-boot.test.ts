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

describe('Spring Boot Actuator', () => {
  table([
    ['UP alone is a pass', 200, '{"status":"UP"}', { ...good, format: 'spring-boot', status: 'pass' }],
    ['DOWN under 503 is a fail', 503, '{"status":"DOWN"}', { ...good, format: 'spring-boot', status: 'fail' }],
    ['OUT_OF_SERVICE is a fail', 503, '{"status":"OUT_OF_SERVICE"}', { ...good, status: 'fail' }],
    ['UNKNOWN under 200 is a warn', 200, '{"status":"UNKNOWN"}', { ...good, format: 'spring-boot', status: 'warn' }],
    [
      'a custom FATAL as the total is unknown',
      200,
      '{"status":"FATAL","components":{"db":{"status":"UP"}}}',
      {
        format: 'spring-boot',
        status: 'unknown',
        message: 'the body says "FATAL": no status of the format spring-boot',
      },
    ],
    [
      'a custom FATAL that vanished from the total makes it unknown',
      200,
      '{"status":"UP","components":{"db":{"status":"UP"},"license":{"status":"FATAL"}}}',
      { format: 'spring-boot', status: 'unknown', message: 'the body says "UP": license says "FATAL"' },
    ],
    [
      'an UNKNOWN component that vanished from the total makes it a warn',
      200,
      '{"status":"UP","components":{"eureka":{"status":"UNKNOWN"}}}',
      { status: 'warn' },
    ],
    [
      'a broken part of a part is found under UP',
      200,
      '{"status":"UP","components":{"db":{"status":"UP","components":{"replica":{"status":"DOWN","details":{"error":"refused"}}}}}}',
      {
        contradictions: [{ component: 'db/replica', says: 'DOWN', total: 'UP' }],
        components: [
          { name: 'db', status: 'pass', says: 'UP' },
          { name: 'db/replica', status: 'fail', says: 'DOWN', detail: 'refused' },
        ],
      },
    ],
    [
      'the old details are components, their free text is none',
      503,
      '{"status":"DOWN","details":{"db":{"status":"DOWN","details":{"database":"H2","error":"no route"}}}}',
      {
        format: 'spring-boot',
        status: 'fail',
        components: [{ name: 'db', status: 'fail', says: 'DOWN', detail: 'no route' }],
        message: 'the body says "DOWN": db says "DOWN" (no route)',
      },
    ],
    [
      'the flat layout of version 1 is read',
      200,
      '{"status":"UP","db":{"status":"DOWN"}}',
      { contradictions: [{ component: 'db', says: 'DOWN', total: 'UP' }] },
    ],
    [
      'groups change nothing',
      503,
      '{"status":"DOWN","groups":["liveness","readiness"]}',
      { ...good, format: 'spring-boot', status: 'fail' },
    ],
    [
      'DOWN under 200 disagrees',
      200,
      '{"status":"DOWN"}',
      { status: 'fail', disagreements: ['the body says "DOWN", and HTTP 200 says that all is well'] },
    ],
    [
      'UNKNOWN under 503 disagrees',
      503,
      '{"status":"UNKNOWN"}',
      { status: 'warn', disagreements: ['the body says "UNKNOWN", and HTTP 503 says that it does not serve'] },
    ],
  ]);
});
