import { afterEach, describe, expect, test } from 'vitest';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook } from '../probe.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { type Act, plays, startHttp, startStream, type StreamServer } from './test-streams.ts';

const servers: StreamServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const serve = async (act: Act, start = startStream): Promise<StreamServer> => {
  const server = await start(act);
  servers.push(server);
  return server;
};

const lookAt = async (act: Act, spec: Omit<Spec, 'url'> = {}, start = startStream): Promise<Facts> => {
  const { url } = await serve(act, start);
  return look({ for: '300ms', ...spec, url }, testContext());
};

describe('a look at a stream', () => {
  test('counts events, by their names, and heartbeats', async () => {
    const facts = await lookAt(
      plays([0, ': hi\n\ndata: 1\n\n'], [20, 'event: price\nid: 7\ndata: {"p":2}\n\n:\n\nretry: 1500\n\n']),
    );
    expect(facts).toMatchObject({
      state: 'open',
      opened: true,
      status: 200,
      'content-type': 'text/event-stream',
      events: 2,
      heartbeats: 2,
      'signs-of-life': 4,
      'by-event': { message: 1, price: 1 },
      disconnects: 0,
      'last-event-id': '7',
      retry: 1500,
      'last-data': '{"p":2}',
      json: { p: 2 },
      lasted: 300,
      'invalid-utf8': 0,
      headers: { 'content-type': 'text/event-stream' },
      'remote-address': '127.0.0.1',
    });
    expect(facts).not.toHaveProperty('ending');
    expect(facts).not.toHaveProperty('other-events');
  });

  test('asks as a client of event streams does, with what the check says first', async () => {
    const server = await serve(plays());
    await look({ url: server.url, for: '20ms', headers: { 'cache-control': 'max-age=0', 'X-Own': 1 } }, testContext());
    expect(server.requests[0]?.headers).toMatchObject({
      accept: 'text/event-stream',
      'cache-control': 'max-age=0',
      'x-own': '1',
    });
  });

  test('ends on time and closes the connection', async () => {
    const server = await serve(plays([0, 'data: 1\n\n']));
    const startedMs = performance.now();
    await look({ url: server.url, for: '200ms' }, testContext());
    await server.closed();
    expect(performance.now() - startedMs).toBeGreaterThan(195);
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });

  test('ends on time although events never stop coming', async () => {
    const startedMs = performance.now();
    const facts = await lookAt((response) => {
      const flow = (): void => {
        if (response.writable) response.write('data: 1\n\n'.repeat(1000), () => setImmediate(flow));
      };
      flow();
    });
    expect(performance.now() - startedMs).toBeLessThan(2500);
    expect(facts).toMatchObject({ state: 'open', lasted: 300 });
    expect(facts['events']).toBeGreaterThan(1000);
  });
});

describe('the longest silence', () => {
  test('may be the one before the first sign of life', async () => {
    const facts = await lookAt(plays([150, 'data: 1\n\n'], [50, ':\n'], [50, ':\n']));
    expect(facts['max-gap']).toBeGreaterThanOrEqual(145);
    expect(facts['max-gap']).toBeLessThan(300);
    expect(facts['max-gap-from']).toBe(0);
    expect(facts['first-event']).toBe(facts['max-gap']);
  });

  test('may be the one between two', async () => {
    const facts = await lookAt(plays([20, ':\n'], [160, ':\n'], [20, ':\n'], [60, ':\n']));
    expect(facts['max-gap']).toBeGreaterThanOrEqual(155);
    expect(facts['max-gap-from']).toBeGreaterThanOrEqual(15);
    expect(facts['max-event-gap']).toBe(300);
    expect(facts).not.toHaveProperty('first-event');
  });

  test('may be the one after the last', async () => {
    const facts = await lookAt(plays([20, ':\n'], [20, 'data: 1\n\n']), { for: '800ms' });
    expect(facts['max-gap']).toBeGreaterThan(400);
    expect(facts['max-gap']).toBeLessThanOrEqual(765);
    expect(facts['max-gap-from']).toBeCloseTo(800 - Number(facts['max-gap']), 2);
  });

  test('is not broken by half an event, nor by fields that are none', async () => {
    expect(await lookAt(plays([100, 'data: 1\n'], [50, 'foo: 1\n'], [20, ':']))).toMatchObject({
      'max-gap': 300,
      'signs-of-life': 0,
    });
  });
});

describe('events of the names that count', () => {
  const both = plays([10, 'event: tick\ndata: 1\n\n'], [100, 'event: tock\ndata: 2\n\n'], [10, 'data: 3\n\n:\n']);

  test('are counted, and others told apart', async () => {
    expect(await lookAt(both, { event: 'tick' })).toMatchObject({
      events: 1,
      'other-events': 2,
      heartbeats: 1,
      'by-event': { tick: 1, tock: 1, message: 1 },
      'last-data': '1',
    });
    expect(await lookAt(both, { event: ['tock', 'message'] })).toMatchObject({ events: 2, 'last-data': '3' });
  });

  test('that do not come are told as none', async () => {
    const facts = await lookAt(both, { event: 'tack' });
    expect(facts).toMatchObject({ events: 0, 'by-event': { tack: 0 } });
    expect(facts).not.toHaveProperty('last-data');
    expect(facts).not.toHaveProperty('json');
  });

  test('that the check asks about are told as none, also by strange names', async () => {
    const { url } = await serve(plays([0, 'event: __proto__\ndata: 1\n\n']));
    const asked = ['by-event.error', 'by-event.__proto__', 'events'];
    const facts = await look({ url, for: '50ms' }, testContext(2000, { asked }));
    expect(JSON.stringify(facts['by-event'])).toBe('{"error":0,"__proto__":1}');
  });

  test('are told up to a number of names', async () => {
    const many = Array.from({ length: 100 }, (_, index) => `event: e${index}\ndata: 1\n\n`).join('');
    const { url } = await serve(plays([0, many]));
    const facts = await look({ url, for: '50ms' }, testContext(2000, { asked: ['by-event.e99'] }));
    expect(facts).toMatchObject({ events: 100, 'untold-events': 35, 'by-event': { e99: 1, e0: 1, e63: 1 } });
  });
});

const answers =
  (status: number, type: string | undefined): Act =>
  (response) => {
    response.writeHead(status, type === undefined ? {} : { 'content-type': type });
    response.end(status === 204 ? undefined : 'data: 1\n\n');
  };

describe('an answer is no event stream', () => {
  test.each([
    [200, 'text/html; charset=utf-8', 'text/html'],
    [200, 'text/event-streams', 'text/event-streams'],
    [200, undefined, undefined],
    [201, 'text/event-stream', 'text/event-stream'],
    [204, undefined, undefined],
    [302, undefined, undefined],
    [401, 'application/json', 'application/json'],
    [503, 'text/event-stream', 'text/event-stream'],
  ])('with status %i and type %s', async (status, written, type) => {
    const facts = await lookAt(answers(status, written), {}, startHttp);
    expect(facts).toMatchObject({ opened: false, state: 'refused', status });
    expect(facts['content-type']).toBe(type);
    expect(facts).not.toHaveProperty('events');
    expect(facts).not.toHaveProperty('max-gap');
  });

  test('unless its type is that of one, in whatever case and with whatever parameters', async () => {
    const facts = await lookAt(answers(200, 'Text/Event-Stream;charset=UTF-8'), {}, startHttp);
    expect(facts).toMatchObject({ opened: true, 'content-type': 'text/event-stream', events: 1 });
  });
});

test('a stream that cannot be opened is no look at one', async () => {
  const server = await startStream(plays());
  await server.stop();
  const error: unknown = await look({ url: server.url }, testContext()).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CouldNotLook);
  expect(error).toMatchObject({ code: 'connect-refused' });
});
