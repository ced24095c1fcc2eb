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

describe('kubernetes verbose', () => {
  table([
    [
      'all ok is a pass',
      200,
      '[+]ping ok\n[+]etcd ok\nreadyz check passed\n',
      {
        ...good,
        format: 'kubernetes',
        status: 'pass',
        components: [
          { name: 'ping', status: 'pass', says: 'ok' },
          { name: 'etcd', status: 'pass', says: 'ok' },
        ],
      },
    ],
    [
      'an excluded check is a warn',
      200,
      '[+]ping ok\n[+]etcd excluded: ok\nreadyz check passed\n',
      { ...good, status: 'warn', message: 'the body says "passed": etcd says "excluded: ok"' },
    ],
    [
      'an exclusion that fits nothing is a warn',
      200,
      '[+]ping ok\nwarn: some health checks cannot be excluded: no matches for "x"\nreadyz check passed',
      { ...good, status: 'warn' },
    ],
    [
      'a failed check is named',
      500,
      '[+]ping ok\n[-]etcd failed: reason withheld\nhealthz check failed\n',
      {
        ...good,
        format: 'kubernetes',
        status: 'fail',
        message: 'the body says "failed": etcd says "failed: reason withheld"',
      },
    ],
    [
      'a failed check under a total of passed contradicts',
      200,
      '[-]etcd failed: reason withheld\nlivez check passed\n',
      { contradictions: [{ component: 'etcd', says: 'failed: reason withheld', total: 'passed' }] },
    ],
    ['a body that was cut off is unknown', 200, '[+]ping ok\n[+]etcd ok\n', { status: 'unknown' }],
    [
      'a line that is not understood is unknown',
      200,
      '[+]ping ok\n[?]etcd\nreadyz check passed',
      { status: 'unknown' },
    ],
    ['a check with a plus that is not ok is unknown', 200, '[+]ping maybe\nreadyz check passed', { status: 'unknown' }],
    [
      'failed under 200 disagrees',
      200,
      '[-]a failed: x\nreadyz check failed',
      { disagreements: ['the body says "failed", and HTTP 200 says that all is well'] },
    ],
  ]);

  it('takes the short body when it is asked for by name', () => {
    expect(read(200, 'ok', 'kubernetes')).toMatchObject({ format: 'kubernetes', status: 'pass' });
  });

  it('reads a hostile line in no time', () => {
    const line = `[-]${' failed\u2028'.repeat(20_000)}`;
    const started = performance.now();
    expect(read(500, `${line}\nreadyz check failed`).status).toBe('fail');
    expect(performance.now() - started).toBeLessThan(500);
  });
});
