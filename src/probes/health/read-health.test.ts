import { describe, expect, it } from 'vitest';
import type { Json } from '../../model/json.ts';
import { readHealth } from './read-health.ts';
import type { FormatName, HealthAnswer, HealthReading } from './reading.ts';

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

describe('answers that are not about health', () => {
  it.each([401, 403, 407, 429])('HTTP %i is unknown, whatever its body says', (status) => {
    expect(read(status, '{"status":"error"}')).toMatchObject({
      format: 'unrecognised',
      status: 'unknown',
      message: `HTTP ${status} is no answer about health`,
    });
    expect(read(status, '{"status":"UP"}', 'spring-boot').status).toBe('unknown');
  });

  it('a redirect is unknown, whatever its body says', () => {
    expect(readHealth(answer(302, '{"status":"pass"}', { location: '/login' }), 'auto')).toMatchObject({
      format: 'unrecognised',
      status: 'unknown',
      message: 'HTTP 302 is a redirect, no answer about health',
    });
  });

  it('a web page is unknown and is called one', () => {
    expect(read(200, '<!DOCTYPE html><title>ok</title>')).toMatchObject({
      status: 'unknown',
      message: 'the body is a web page where a health body was expected',
    });
  });

  it('JSON that is served as text/html is no web page', () => {
    const reading = readHealth(answer(200, '{"hello":1}', { 'content-type': 'text/html' }), 'auto');
    expect(reading.message).toBe('the body is in no health format that is known');
    expect(readHealth(answer(200, 'Welcome', { 'content-type': 'text/html' }), 'auto').message).toContain('a web page');
  });

  it('an unread body leaves a bad HTTP status as a disagreement, so that accepting unknown cannot hide it', () => {
    expect(read(502, '<html>Bad gateway</html>').disagreements).toEqual([
      'HTTP 502 comes with no health body that would explain it',
    ]);
  });

  it('a body of another format than the one asked for is unknown', () => {
    expect(read(200, '{"status":"ok"}', 'kubernetes')).toMatchObject({
      format: 'unrecognised',
      message: 'the body is not of the format kubernetes',
    });
  });

  it('a body that goes on and on is not read', () => {
    const body = JSON.stringify({ status: 'ok', padding: 'x'.repeat(600 * 1024) });
    expect(read(200, body)).toMatchObject({
      status: 'unknown',
      message: 'the body is far longer than a health body',
    });
  });

  it('what a target says is cut in messages', () => {
    const { message } = read(503, JSON.stringify({ status: 'x'.repeat(5000), components: { a: { status: 'UP' } } }));
    expect((message ?? '').length).toBeLessThan(400);
  });
});
