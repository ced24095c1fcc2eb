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

describe('home-made JSON', () => {
  table([
    ['ok is a pass', 200, '{"status":"ok"}', { ...good, format: 'json', status: 'pass' }],
    ['a boolean ok is a pass', 200, '{"ok":true}', { ...good, format: 'json', status: 'pass' }],
    ['a boolean ok that is false is a fail', 503, '{"ok":false}', { ...good, status: 'fail' }],
    ['health is read', 200, '{"health":"green"}', { ...good, status: 'pass' }],
    [
      'state is read',
      200,
      '{"state":"Not Ready"}',
      { status: 'fail', disagreements: ['the body says "Not Ready", and HTTP 200 says that all is well'] },
    ],
    ['the worst of several fields counts', 200, '{"status":"ok","health":"red"}', { status: 'fail' }],
    [
      'a word that nobody knows is contagious',
      200,
      '{"status":"ok","state":"sparkling"}',
      { format: 'json', status: 'unknown' },
    ],
    ['degraded is a warn', 200, '{"status":"degraded"}', { ...good, status: 'warn' }],
    ['a number is no status', 200, '{"status":200,"ok":true}', { format: 'unrecognised', status: 'unknown' }],
    [
      'the success of a call is no health',
      200,
      '{"status":"success","data":{}}',
      { format: 'json', status: 'unknown' },
    ],
    [
      'a service that is down contradicts',
      200,
      '{"status":"ok","services":{"db":"connected","redis":"down"}}',
      { status: 'pass', contradictions: [{ component: 'redis', says: 'down', total: 'ok' }] },
    ],
    [
      'a boolean check that is false contradicts',
      200,
      '{"status":"ok","checks":{"db":false}}',
      { contradictions: [{ component: 'db', says: 'false', total: 'ok' }] },
    ],
    [
      'a list of named checks is read',
      200,
      '{"status":"ok","checks":[{"name":"db","status":"down"}]}',
      { contradictions: [{ component: 'db', says: 'down', total: 'ok' }] },
    ],
    [
      'a sibling with a status of its own is read',
      200,
      '{"status":"ok","database":{"status":"down"}}',
      { contradictions: [{ component: 'database', says: 'down', total: 'ok' }] },
    ],
    ['an empty list of checks is a warn', 200, '{"status":"ok","checks":[]}', { status: 'warn' }],
    [
      'hostile names are plain names',
      200,
      '{"status":"ok","checks":{"__proto__":"down","constructor":"ok"}}',
      { contradictions: [{ component: '__proto__', says: 'down', total: 'ok' }] },
    ],
    [
      'nesting beyond all measure is unknown',
      200,
      `{"status":"ok","checks":${'{"a":{"checks":'.repeat(60)}{"b":"ok"}${'}}'.repeat(60)}}`,
      { status: 'unknown' },
    ],
    [
      'more components than anybody reads are unknown',
      200,
      JSON.stringify({
        status: 'ok',
        checks: Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`c${n}`, 'ok'])),
      }),
      { format: 'unrecognised', status: 'unknown' },
    ],
    [
      'the error of a router is not the health of the system',
      404,
      '{"status":"error","message":"no such route"}',
      { format: 'unrecognised', status: 'unknown' },
    ],
    [
      'the error of a gateway is not the health of the system',
      502,
      '{"status":"error"}',
      { format: 'unrecognised', status: 'unknown' },
    ],
  ]);
});

describe('plain text', () => {
  it.each(['OK', 'ok\n', 'Up', 'pass', 'ALIVE', 'ready', 'healthy', '\uFEFFok', '"ok"'])('%j is a pass', (body) => {
    expect(read(200, body)).toMatchObject({ ...good, format: 'text', status: 'pass' });
  });

  it.each(['down', 'Not ready', 'unhealthy', 'ERROR'])('%j is a fail', (body) => {
    expect(read(503, body)).toMatchObject({ ...good, format: 'text', status: 'fail' });
  });

  it.each([
    '',
    ' ',
    'OK OK',
    'not ok yet',
    'OK.',
    'Hello',
    '{"hello":1}',
    '[]',
    '[true]',
    'true',
    'null',
    '42',
    '{"status":null}',
    '{}',
  ])('%j is unknown under 200', (body) => {
    expect(read(200, body)).toMatchObject({ ...good, format: 'unrecognised', status: 'unknown', components: [] });
  });

  it('is a pass whatever content type it is served as', () => {
    expect(readHealth(answer(200, 'OK', { 'content-type': 'text/html' }), 'auto').status).toBe('pass');
  });

  it('disagrees when it comes with 503', () => {
    expect(read(503, 'OK').disagreements).toEqual(['the body says "OK", and HTTP 503 says that it does not serve']);
  });
});
