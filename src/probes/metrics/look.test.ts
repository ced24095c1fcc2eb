import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { listen, stop } from '../../../tests/stack/listen.ts';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook } from '../probe.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map(stop));
});

const start = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  servers.push(server);
  return `http://127.0.0.1:${await listen(server)}/metrics`;
};

const PLAIN = 'text/plain; version=0.0.4; charset=utf-8';

const exposing = (body: string, type: string | null = PLAIN, status = 200): Promise<string> =>
  start((_request, response) => {
    response.writeHead(status, type === null ? {} : { 'content-type': type });
    response.end(body);
  });

const scrape = async (body: string, asked: readonly string[], spec: Partial<Spec> = {}, type?: string | null) =>
  look({ url: await exposing(body, type), ...spec }, testContext(5000, { asked }));

describe('a scrape', () => {
  test('reports the selectors that the check asks about, and nothing more', async () => {
    const body = '# TYPE up gauge\nup{a="b"} 1\nup{a="c"} 2\nother 3\n';
    const facts = await scrape(body, ['status', 'metrics.up{a="b"}', 'metrics.sum(up)', 'metrics.down'], {
      names: ['other', 'missing_one'],
    });
    expect(facts).toMatchObject({
      status: 200,
      format: 'prometheus',
      valid: true,
      'metric-families': 2,
      series: 3,
      missing: ['missing_one'],
      metrics: { 'up{a="b"}': 1, 'sum(up)': 3 },
      trouble: { down: 'there is no metric down among 2 names' },
    });
    expect([Object.hasOwn(facts, 'body'), Object.hasOwn(facts, 'json'), Object.hasOwn(facts, 'age')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('asks for OpenMetrics first, and for what the check says when it says so', async () => {
    const accepted: (string | undefined)[] = [];
    const url = await start((request, response) => {
      accepted.push(request.headers.accept);
      response.writeHead(200, { 'content-type': 'application/openmetrics-text; version=1.0.0; charset=utf-8' });
      response.end('up 1\n# EOF\n');
    });
    expect(await look({ url }, testContext())).toMatchObject({ format: 'openmetrics', series: 1 });
    await look({ url, headers: { Accept: 'text/plain' } }, testContext());
    expect(accepted).toEqual([expect.stringMatching(/^application\/openmetrics-text;version=1\.0\.0/), 'text/plain']);
  });

  test.each([
    [null, 'the answer has no Content-Type, so its format is not known'],
    ['application/json', 'the Content-Type "application/json" is none of metrics in text'],
    [
      'text/plain; version=3.0.0',
      'the Content-Type "text/plain; version=3.0.0" names a version that is not known here',
    ],
  ])('is not read with the Content-Type %s, unless the check names the format', async (type, problem) => {
    expect(await scrape('up 1\n', [], {}, type)).toMatchObject({ valid: false, problem, body: 'up 1\n' });
    expect(await scrape('up 1\n', [], { format: 'prometheus' }, type)).toMatchObject({ valid: true, series: 1 });
  });

  test('names the line that is wrong and keeps the body', async () => {
    expect(await scrape('up 1\ndown\n', ['metrics.up'])).toMatchObject({
      valid: false,
      problem: 'line 2: expected a blank and a value, found the end',
      'problem-line': 2,
      body: 'up 1\ndown\n',
    });
  });

  test('reads nothing out of an answer that is no success', async () => {
    const facts = await look({ url: await exposing('up 1\n', PLAIN, 503) }, testContext());
    expect([facts['status'], facts['body'], facts['valid'], facts['series']]).toEqual([
      503,
      'up 1\n',
      undefined,
      undefined,
    ]);
  });

  test('tells the age of the newest sample by the clock of the context', async () => {
    const at = Date.parse('2026-11-21T12:00:00Z');
    const now = () => new Date(at + 90_000);
    const url = await exposing(`a 1 ${at - 5000}\nb 1 ${at}\nc 1\n`);
    expect(await look({ url }, testContext(5000, { now }))).toMatchObject({ age: 90_000 });
    const ahead = await look({ url }, testContext(5000, { now: () => new Date(at - 90_000) }));
    expect(Object.hasOwn(ahead, 'age')).toBe(false);
  });

  test('reports names of objects as the plain names that they are', async () => {
    const facts: Facts = await scrape('__proto__ 1\nconstructor{__proto__x="y"} 2\n', [
      'metrics.__proto__',
      'metrics.constructor',
      'metrics.toString',
    ]);
    expect(Object.entries(Object(facts['metrics']))).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ]);
    expect(Object.keys(Object(facts['trouble']))).toEqual(['toString']);
  });
});

describe('a hostile scrape', () => {
  test('of 50 MB ends at the limit of the body', async () => {
    const url = await start((_request, response) => {
      response.writeHead(200, { 'content-type': PLAIN });
      const piece = 'x_total{a="b"} 1\n'.repeat(4096);
      let sent = 0;
      const more = (): void => {
        while (sent < 50_000_000 && !response.destroyed) {
          sent += piece.length;
          if (!response.write(piece)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    const error: unknown = await look({ url }, testContext()).catch((thrown: unknown) => thrown);
    expect(error instanceof CouldNotLook && [error.code, error.message]).toEqual([
      'body-limit',
      'the body is over 10 MiB',
    ]);
  });

  test.each([
    ['an endless line', `up{a="${'x'.repeat(1_000_000)}"} 1\n`, 'line 1: it is longer than 64 KiB'],
    ['a million labels', `up{${'a="b",'.repeat(1_000_000)}} 1\n`, 'line 1: it is longer than 64 KiB'],
    ['a thousand labels of one name', `up{${'a="b",'.repeat(1000)}} 1\n`, 'line 1: the label a stands twice'],
  ])('with %s is refused', async (_what, body, problem) => {
    expect(await scrape(body, [])).toMatchObject({ valid: false, problem });
  });

  test('of 100,000 series is read in turns, and stops when it is told to', async () => {
    const body = Array.from({ length: 100_000 }, (_, index) => `x_total{id="${index}",path="/api/items"} ${index}\n`);
    const url = await exposing(body.join(''));
    const facts = await look({ url }, testContext(20_000, { asked: ['metrics.max(x_total)'] }));
    expect(facts).toMatchObject({ series: 100_000, metrics: { 'max(x_total)': 99_999 } });

    const controller = new AbortController();
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 5);
    const looking = look({ url }, testContext(20_000, { signal: controller.signal })).catch((error: unknown) => error);
    setTimeout(() => controller.abort(new DOMException('enough', 'TimeoutError')), 60);
    const started = performance.now();
    const end: unknown = await looking;
    clearInterval(ticking);
    expect(performance.now() - started).toBeLessThan(400);
    expect(end).toBeInstanceOf(Error);
    expect(turns).toBeGreaterThan(1);
  }, 30_000);
});
