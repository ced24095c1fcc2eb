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

describe('@nestjs/terminus', () => {
  table([
    [
      'ok with all up is a pass',
      200,
      '{"status":"ok","info":{"db":{"status":"up"}},"error":{},"details":{"db":{"status":"up"}}}',
      { ...good, format: 'nestjs-terminus', status: 'pass', components: [{ name: 'db', status: 'pass', says: 'up' }] },
    ],
    [
      'ok with an item that is down contradicts',
      200,
      '{"status":"ok","info":{"db":{"status":"down","message":"gone"}},"error":{},"details":{"db":{"status":"down","message":"gone"}}}',
      { contradictions: [{ component: 'db', says: 'down', total: 'ok' }] },
    ],
    [
      'ok with an item under error contradicts, whatever it holds',
      200,
      '{"status":"ok","info":{},"error":{"db":{"message":"gone"}},"details":{}}',
      { contradictions: [{ component: 'db', says: 'listed under error', total: 'ok' }] },
    ],
    [
      'error is a fail that names the item',
      503,
      '{"status":"error","info":{},"error":{"db":{"status":"down","message":"gone"}},"details":{"db":{"status":"down","message":"gone"}}}',
      { ...good, format: 'nestjs-terminus', status: 'fail', message: 'the body says "error": db says "down" (gone)' },
    ],
    [
      'shutting_down is a warn',
      200,
      '{"status":"shutting_down","info":{},"error":{},"details":{}}',
      { ...good, format: 'nestjs-terminus', status: 'warn' },
    ],
    [
      'shutting_down under 503 does not serve',
      503,
      '{"status":"shutting_down","info":{},"error":{},"details":{}}',
      { status: 'warn', disagreements: ['the body says "shutting_down", and HTTP 503 says that it does not serve'] },
    ],
    [
      'shutting_down does not hide the error that it came upon',
      503,
      '{"status":"shutting_down","info":{},"error":{"db":{"status":"down"}},"details":{"db":{"status":"down"}}}',
      { ...good, status: 'fail' },
    ],
  ]);
});

describe('@godaddy/terminus', () => {
  table([
    [
      'ok is a pass, and items without a status claim nothing',
      200,
      '{"status":"ok","info":{"db":"version 3"},"details":{"db":"version 3"}}',
      {
        ...good,
        format: 'godaddy-terminus',
        status: 'pass',
        components: [{ name: 'db', status: 'unknown', says: null }],
      },
    ],
    [
      'ok with an item that says down contradicts',
      200,
      '{"status":"ok","info":{"db":"down"},"details":{"db":"down"}}',
      { contradictions: [{ component: 'db', says: 'down', total: 'ok' }] },
    ],
    [
      'error is a fail',
      503,
      '{"status":"error","error":{"db":{"why":"gone"}},"details":{"db":{"why":"gone"}}}',
      { ...good, format: 'godaddy-terminus', status: 'fail' },
    ],
    ['503 during shutdown is a fail', 503, '{"status":"error"}', { ...good, format: 'json', status: 'fail' }],
  ]);
});
