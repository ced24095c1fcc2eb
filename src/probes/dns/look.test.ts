import { afterEach, expect, test } from 'vitest';
import { startDnsServer } from '../../../tests/stack/dns-server.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { ask as askServers } from './ask.ts';
import { look } from './look.ts';
import { findServers } from './servers.ts';
import { dns } from './kind.ts';
import type { Spec } from './schema.ts';
import { encodeAnswer, type Sent, type Serve, startTestServer, type TestServer } from './test-answers.ts';
import { testContext } from '../test-context.ts';

const open: TestServer[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const serve = async (answer: Serve, tcp = true): Promise<string> => {
  const server = await startTestServer(answer, tcp);
  open.push(server);
  return server.address;
};

const context = (timeoutMs = 5000): ProbeContext => testContext(timeoutMs);

const ask = (server: string, more: Partial<Spec> = {}, timeoutMs = 5000) =>
  look({ name: 'a.test', server, ...more }, context(timeoutMs));

const failureOf = async (looking: Promise<unknown>): Promise<CouldNotLook> => {
  const error: unknown = await looking.catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error(`the look should have failed: ${JSON.stringify(error)}`, { cause: error });
};

const codesOf = async (spec: Spec): Promise<readonly string[]> =>
  dns.explain(await look(spec, context()), spec).map(({ code }) => code);

const a = (data: string, name = 'a.test'): Sent => ({ name, type: 'A', data });

test('all records of an answer are told, with ttl and what was expected', async () => {
  const server = await serve((query, reply) =>
    reply(encodeAnswer(query, [a('192.0.2.2'), { ...a('192.0.2.1'), ttl: 60 }], { flags: 0x8580 })),
  );
  expect(await ask(server, { expected: { exact: ['192.0.2.1', '192.0.2.2'] } })).toEqual({
    rcode: 'NOERROR',
    records: ['192.0.2.2', '192.0.2.1'],
    count: 2,
    ttl: 60_000,
    missing: [],
    unexpected: [],
    authoritative: true,
    server,
    transport: 'udp',
    duration: expect.any(Number),
  });
  expect(await ask(server, { expected: { exact: ['192.0.2.1', '192.0.2.3'] } })).toMatchObject({
    missing: ['192.0.2.3'],
    unexpected: ['192.0.2.2'],
  });
});

test('the query asks for the name and type of the check', async () => {
  const asked: string[] = [];
  const server = await serve((query, reply) => {
    asked.push(query.toString('hex', 2));
    reply(encodeAnswer(query, [{ name: '1.0.0.127.in-addr.arpa', type: 'PTR', data: 'localhost' }]));
  });
  expect(await ask(server, { name: '127.0.0.1', type: 'PTR' })).toMatchObject({ records: ['localhost'] });
  const name = ['1', '0', '0', '127', 'in-addr', 'arpa'];
  const wire = name.map(
    (label) => `${Buffer.from([label.length]).toString('hex')}${Buffer.from(label).toString('hex')}`,
  );
  expect(asked).toEqual([`01000001000000000000${wire.join('')}00000c0001`]);
});

test('NXDOMAIN, SERVFAIL, REFUSED, nothing, a dangling alias and a loop are told apart', async () => {
  const server = await startDnsServer({
    records: new Map([
      ['fail.test', { answers: 'servfail' }],
      ['refuse.test', { answers: 'refused' }],
      ['empty.test', { answers: 'empty' }],
      ['v4.test', { a: ['192.0.2.1'] }],
      ['dangling.test', { cname: 'gone.test' }],
      ['loop.test', { cname: 'pool.test' }],
      ['pool.test', { cname: 'loop.test' }],
    ]),
  });
  open.push(server);
  const codes = (name: string, type: Spec['type'] = 'A') => codesOf({ name, type, server: server.address });
  expect(await codes('no.test')).toEqual(['dns-nxdomain', 'dns-no-records']);
  expect((await codes('fail.test'))[0]).toBe('dns-servfail');
  expect((await codes('refuse.test'))[0]).toBe('dns-refused');
  expect(await codes('empty.test')).toEqual(['dns-no-records']);
  expect(await codes('v4.test', 'AAAA')).toEqual(['dns-no-records']);
  expect(await codes('v4.test')).toEqual([]);
  expect((await codes('dangling.test'))[0]).toBe('dns-nxdomain');
  expect((await codes('loop.test'))[0]).toBe('dns-cname-loop');
  const dangling = await ask(server.address, { name: 'dangling.test' });
  expect(dangling).toMatchObject({ rcode: 'NXDOMAIN', cname: ['gone.test'], records: [], count: 0 });
});

test('a server that only fails over a loop is asked for the aliases', async () => {
  const server = await serve((query, reply) => {
    const wantsAlias = query.readUInt16BE(query.length - 4) === 5;
    const isA = query[13] === 'a'.codePointAt(0);
    const alias: Sent = isA
      ? { name: 'a.test', type: 'CNAME', data: 'b.test' }
      : { name: 'b.test', type: 'CNAME', data: 'a.test' };
    reply(wantsAlias ? encodeAnswer(query, [alias]) : encodeAnswer(query, [], { rcode: 2 }));
  });
  expect(await ask(server)).toMatchObject({ rcode: 'SERVFAIL', 'cname-loop': 'a.test -> b.test -> a.test' });
});

test('an answer that does not fit is fetched over TCP, whole', async () => {
  const many = Array.from({ length: 200 }, (_, index) => a(`192.0.2.${index}`));
  const server = await serve((query, reply, transport) =>
    reply(transport === 'tcp' ? encodeAnswer(query, many) : encodeAnswer(query, many.slice(0, 5), { flags: 0x8380 })),
  );
  expect(await ask(server)).toMatchObject({ count: 200, transport: 'tcp' });
});

test('a part of an answer is not taken for the whole', async () => {
  const cut: Serve = (query, reply) => reply(encodeAnswer(query, [a('192.0.2.1')], { flags: 0x8380 }));
  const twice = await failureOf(ask(await serve(cut)));
  expect(twice.code).toBe('dns-servfail');
  expect(twice.message).toMatch(
    /whose answer over UDP was cut short, gave no answer .*: it is cut short over TCP as well$/,
  );
  const noTcp = await failureOf(ask(await serve(cut, false)));
  expect(noTcp.code).toBe('dns-refused');
  expect(noTcp.message).toMatch(/whose answer over UDP was cut short, does not listen on TCP/);
  const half = await serve((query, reply, transport) => {
    if (transport === 'udp') cut(query, reply, transport);
    else reply(Buffer.alloc(0));
  });
  expect((await failureOf(ask(half, {}, 400))).code).toMatch(/^dns-/);
});

test('an answer with another id, question or sender is ignored until the right one comes', async () => {
  const server = await serve((query, reply) => {
    const forged = [a('192.0.2.66')];
    reply(encodeAnswer(query, forged, { id: (query.readUInt16BE(0) + 1) % 65_536 }));
    reply(encodeAnswer(query, forged, { question: Buffer.from('01620474657374000001 0001'.replace(' ', ''), 'hex') }));
    reply(encodeAnswer(query, forged, { flags: 0x0100 }));
    reply(encodeAnswer(query, forged, { question: Buffer.alloc(0) }));
    reply(Buffer.from([1, 2, 3]));
    setTimeout(() => reply(encodeAnswer(query, [a('192.0.2.1')])), 30);
  });
  expect(await ask(server)).toMatchObject({ records: ['192.0.2.1'] });
});

test('a wait for the right answer ends at the deadline, and tells what was ignored', async () => {
  const wrongId = await serve((query, reply) =>
    reply(encodeAnswer(query, [a('192.0.2.66')], { id: (query.readUInt16BE(0) + 1) % 65_536 })),
  );
  const failure = await failureOf(ask(wrongId, {}, 300));
  expect(failure.code).toBe('dns-timeout');
  expect(failure.message).toBe(
    `timed out after 0.3 s in dns: ${wrongId} did not answer about a.test; 1 datagram was ignored: another id, or the answer to another question`,
  );
  const mute = await failureOf(ask(await serve(() => {}), {}, 200));
  expect(mute.code).toBe('dns-timeout');
});

test('a query that was lost is asked again', async () => {
  let count = 0;
  const server = await serve((query, reply) => {
    count += 1;
    if (count > 1) reply(encodeAnswer(query, [a('192.0.2.1')]));
  });
  expect(await ask(server)).toMatchObject({ count: 1 });
  expect(count).toBe(2);
});

test('an answer that cannot be read ends the wait at once, with the rule that it breaks', async () => {
  const server = await serve((query, reply) => reply(encodeAnswer(query, [], { count: 3 })));
  const failure = await failureOf(ask(server));
  expect(failure.code).toBe('dns-servfail');
  expect(failure.message).toBe(`${server} gave no answer about a.test that can be used: a name goes past the end`);
});

test('a port without a name server is told at once', async () => {
  const server = await startTestServer(() => {});
  await server.close();
  const failure = await failureOf(ask(server.address));
  expect(failure).toMatchObject({ code: 'dns-refused', message: `no name server answers at ${server.address}` });
});

test('without a server those of this machine are asked, the next when one fails or does not know', async () => {
  const endpointOf = (address: string) => ({ host: '127.0.0.1', port: Number(address.split(':')[1]) });
  const dead = await startTestServer(() => {});
  await dead.close();
  const refusing = await serve((query, reply) => reply(encodeAnswer(query, [], { rcode: 5 })));
  const good = await serve((query, reply) => reply(encodeAnswer(query, [a('192.0.2.1')])));
  const servers = [dead.address, refusing, good].map(endpointOf);
  const query = { name: 'a.test', type: 'A' } as const;
  const options = { signal: context().signal, tally: { ignored: 0 } };
  expect(await askServers(servers, query, options)).toMatchObject({ server: good, message: { rcode: 0 } });
  expect(await askServers(servers.slice(0, 2), query, options)).toMatchObject({
    server: refusing,
    message: { rcode: 5 },
  });
  expect((await failureOf(askServers([], query, options))).code).toBe('probe-crashed');
  expect((await findServers(undefined, options.signal)).length).toBeGreaterThan(0);
});

test('a server can be given by name', async () => {
  const server = await serve((query, reply) => reply(encodeAnswer(query, [a('192.0.2.1')])));
  expect(await ask(server.replace('127.0.0.1', 'localhost'))).toMatchObject({ count: 1, server });
});

test('a stop of the run is passed on as it is', async () => {
  const controller = new AbortController();
  const server = await serve(() => {});
  const looking = look({ name: 'a.test', server }, { ...context(), signal: controller.signal });
  setTimeout(() => controller.abort('cancelled'), 50);
  await expect(looking).rejects.toBe('cancelled');
});
