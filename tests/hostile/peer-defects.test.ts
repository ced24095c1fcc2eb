import { afterEach, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { named, notRun, planOf, startHeld, never } from '../execute/literals.ts';
import { lookAt, plannedFrom, type Seen } from './look.ts';
import { newStage, type Act, type Stage } from './stage.ts';
import { whole } from './servers/wire.ts';

// Seventeen ways in which other probers call something healthy that is not, found in their sources. None is ours.

let stage: Stage = newStage();

afterEach(async () => {
  await stage.close();
  stage = newStage();
});

const see = async (check: JsonObject): Promise<Seen> => lookAt(await plannedFrom(check));

/** Looks at a server that acts so, with the rest of the check as written. */
const seeServer = async (act: Act, check: JsonObject = {}, spec: JsonObject = {}): Promise<Seen> =>
  see({ http: { url: `http://127.0.0.1:${await stage.tcp(act)}/`, ...spec }, ...check });

const answers = (body: string, type = 'application/json'): Act => {
  const bytes = whole(body, [`Content-Type: ${type}`]);
  return (socket) => socket.end(bytes);
};

const redirects = (location: string, status = '302 Found'): Uint8Array =>
  whole('', [`Location: ${location}`], `HTTP/1.1 ${status}\r\n`);

const names = async (a: readonly string[]): Promise<{ readonly url: string; readonly resolver: string }> => ({
  resolver: await stage.dns({ 'a.test': { a } }),
  url: `http://a.test:${await stage.tcp(answers('{}'))}/`,
});

describe('what is not there', () => {
  test.each<[string, Act, Json, string]>([
    ['1: a missing field is no zero', answers('{"queue":{}}'), { '$.queue.depth': { below: 5 } }, 'value-missing'],
    ['1: nor is it one when there is no JSON', answers('oops', 'text/plain'), { '$.depth': { below: 5 } }, 'not-json'],
    [
      '2: an error page is not different from DOWN',
      answers('<html>502</html>', 'text/html'),
      { '$.status': { not: 'DOWN' } },
      'wrong-content-type',
    ],
    ['2: nor is a missing field', answers('{}'), { '$.status': { not: 'DOWN' } }, 'value-missing'],
    ['8: 0.95 is not below 0.9', answers('{"ratio":0.95}'), { '$.ratio': { below: 0.9 } }, 'assertion-failed'],
  ])('%s', async (_, act, expectation, code) => {
    expect(await seeServer(act, { expect: expectation })).toMatchObject({ outcome: 'fail', code });
  });

  test('8: 0.85 is below 0.9', async () => {
    expect((await seeServer(answers('{"ratio":0.85}'), { expect: { '$.ratio': { below: 0.9 } } })).outcome).toBe(
      'pass',
    );
  });

  test('3: a refused connection is no success because it was quick', async () => {
    const seen = await see({ http: 'http://127.0.0.1:1/', expect: { duration: { below: '500ms' } } });
    expect(seen).toMatchObject({ outcome: 'fail', code: 'connect-refused' });
  });

  test('11: a server error is a failure although only its duration is asked about', async () => {
    const act: Act = (socket) => socket.end(whole('', [], 'HTTP/1.1 500 Oops\r\n'));
    const seen = await seeServer(act, { expect: { duration: { below: '5s' } } });
    expect(seen).toMatchObject({ outcome: 'fail', code: 'http-5xx' });
  });

  test('12: a kind that does not exist is an error before anything runs', async () => {
    await expect(plannedFrom({ carrier_pigeon: 'http://127.0.0.1:1/' })).rejects.toThrow(/carrier_pigeon/);
  });
});

describe('redirects', () => {
  test('4, 11: are followed to a limit, also when every URL is new', async () => {
    let asked = 0;
    const act: Act = (socket) => socket.end(redirects(`/${(asked += 1)}`));
    expect(await seeServer(act, {}, { follow: true })).toMatchObject({ outcome: 'fail', code: 'redirect-limit' });
    expect(asked).toBe(11);
  });

  test.each([
    ['9: a loop is a failure although its status was asked for', 302],
    ['9: and although every status was', ['2xx', '3xx']],
  ])('%s', async (_, status) => {
    const act: Act = (socket) => socket.end(redirects('/'));
    const seen = await seeServer(act, { expect: { status } }, { follow: true });
    expect(seen).toMatchObject({ outcome: 'fail', code: 'redirect-loop' });
  });

  test('15, 16: an unexpected one is a failure when none is followed', async () => {
    const act: Act = (socket) => socket.end(redirects('/login', '301 Moved Permanently'));
    expect(await seeServer(act)).toMatchObject({ outcome: 'fail', code: 'redirect-unexpected' });
  });

  test('16: a cycle of seven is a loop, and told as one', async () => {
    const act: Act = (socket, head) => socket.end(redirects(`/${(Number(/GET \/(\d*)/.exec(head)?.[1]) + 1) % 7}`));
    const seen = await seeServer(act, {}, { follow: true });
    expect(seen).toMatchObject({ outcome: 'fail', code: 'redirect-loop' });
    expect(seen.message).toMatch(/\(loop of 7\)$/);
  });

  test('14: the phases of all hops count, not those of the last', async () => {
    const act: Act = (socket, head) => {
      if (head.startsWith('GET /last')) socket.end(whole('ok'));
      else setTimeout(() => socket.end(redirects('/last')), 120);
    };
    const { outcome, facts } = await seeServer(act, {}, { follow: true });
    expect(outcome).toBe('pass');
    expect(facts).toMatchObject({ timings: { wait: expect.any(Number) }, redirects: 1 });
    expect(Number(facts['duration'])).toBeGreaterThan(115);
    expect(JSON.stringify(facts['timings'])).toMatch(/"wait":1[1-9]\d/);
  });
});

describe('name servers', () => {
  const three = ['127.0.0.1', '127.0.0.2', '10.0.0.3'];

  test('5: every address of a name is a fact, not the last one alone', async () => {
    const { url, resolver } = await names(three);
    const seen = await see({ http: { url, resolver } });
    expect(seen.facts).toMatchObject({ dns: { addresses: three } });
  });

  test.each<[string, JsonObject]>([
    ['10: "every" breaks when one address is of another network', { every: { 'starts-with': '127.' } }],
    ['13: "not-contains" breaks when one address is the unwanted one', { 'not-contains': '10.0.0.3' }],
  ])('%s', async (_, matcher) => {
    const { url, resolver } = await names(three);
    const seen = await see({ http: { url, resolver }, expect: { 'dns.addresses': matcher } });
    expect(seen).toMatchObject({ outcome: 'fail', code: 'assertion-failed' });
  });

  test.each<[string, JsonObject, string]>([
    ['10: "all" means all', { all: ['127.0.0.1', '127.0.0.9'] }, 'fail'],
    ['10: "any" means one', { any: ['127.0.0.1', '127.0.0.9'] }, 'pass'],
    ['13: "exact" allows no other record', { exact: ['127.0.0.1', '127.0.0.2'] }, 'fail'],
  ])('%s', async (_, expected, outcome) => {
    const { resolver: server } = await names(three);
    expect((await see({ dns: { name: 'a.test', server, expected } })).outcome).toBe(outcome);
  });
});

describe('runs', () => {
  test('6: nothing begins after the time of the run is over', async () => {
    let strike = (): void => {};
    const sleep = () =>
      new Promise<void>((resolve) => {
        strike = resolve;
      });
    const plan = planOf(named('a', 'b', 'c'), { concurrency: 1, deadlineMs: 1 });
    const { started, events, done } = await startHeld(plan, never, { sleep });
    strike();
    await done;
    expect(started).toEqual(['a']);
    expect([notRun(events, 'b'), notRun(events, 'c')]).toMatchObject([
      { code: 'deadline-exceeded' },
      { code: 'deadline-exceeded' },
    ]);
  });

  test('7: a result belongs to its own check when one before it was left out', async () => {
    const [first, second, third] = named('first', 'second', 'third');
    const left = { ...second!, missing: ['TOKEN'] };
    const { answer, events, done } = await startHeld(planOf([first!, left, third!]));
    await answer('third');
    await answer('first', { state: 'unobserved', code: 'connect-refused', message: 'refused', facts: {}, signs: [] });
    await done;
    const ends = events.flatMap((event) =>
      event.type === 'attempt' ? [[event.id, event.attempt.observation.state]] : [],
    );
    expect(Object.fromEntries(ends)).toEqual({ first: 'unobserved', third: 'observed' });
    expect(notRun(events, 'second')).toMatchObject({ code: 'missing-credential' });
  });
});

test('17: a total of ok with an item that is down contradicts itself', async () => {
  const item = { search: { status: 'down' } };
  const port = await stage.tcp(answers(JSON.stringify({ status: 'ok', info: item, error: {}, details: item })));
  const seen = await see({ health: `http://127.0.0.1:${port}/` });
  expect(seen).toMatchObject({ outcome: 'fail', code: 'component-contradiction' });
  expect(seen.message).toBe('search says "down" while the total says "ok"');
});
