import { afterEach, expect, test } from 'vitest';
import { startDnsServer } from '../../../tests/stack/dns-server.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import { closeAll, deadPort, failureOf, onClose, serve, silentPort } from './test-servers.ts';

afterEach(closeAll);

test('a closed port is an observation, and an open one is seen although it is reset', async () => {
  const closed = await look({ host: `127.0.0.1:${await deadPort()}`, closed: true }, testContext());
  expect(closed).toMatchObject({ connected: false, error: expect.stringMatching(/refused the connection/) });
  const port = await serve((socket) => socket.resetAndDestroy());
  const open = await look({ host: `127.0.0.1:${port}`, closed: true }, testContext());
  expect(open).toMatchObject({ connected: true, address: '127.0.0.1' });
});

test('a silent port is closed only when the silence was long enough', async () => {
  const port = await silentPort();
  const facts = await look({ host: `127.0.0.1:${port}`, closed: true }, testContext(2000));
  expect(facts).toMatchObject({ connected: false, error: expect.stringMatching(/^timed out after 1\.7 s in connect/) });
  const hasty = await failureOf({ host: `127.0.0.1:${port}`, closed: true }, 500);
  expect(hasty.code).toBe('connect-timeout');
  expect(hasty.message).toMatch(/a silence of less than 1.5 s does not show that a port is closed/);
});

test('a name that does not resolve is no proof that a port is closed', async () => {
  const dns = await startDnsServer({ records: new Map([['mute.test', { answers: 'silent' }]]) });
  onClose(dns.close);
  const ask = (host: string) => failureOf({ host, port: 1, closed: true, resolver: dns.address }, 800);
  expect((await ask('no.test')).code).toBe('dns-nxdomain');
  expect((await ask('mute.test')).code).toBe('dns-timeout');
});

test('a port is not closed while one family of addresses is not known, and is open when one family is', async () => {
  const a = ['127.0.0.1'];
  const aaaa = ['::1'];
  const dns = await startDnsServer({
    records: new Map([
      ['half.test', { a, silentFor: ['aaaa' as const] }],
      ['four.test', { a }],
      ['both.test', { a, aaaa }],
    ]),
  });
  onClose(dns.close);
  const closed = { port: await deadPort(), closed: true, resolver: dns.address };
  expect((await failureOf({ ...closed, host: 'half.test' }, 1000)).code).toBe('dns-timeout');
  expect(await look({ ...closed, host: 'four.test' }, testContext())).toMatchObject({
    connected: false,
    addresses: [{ address: '127.0.0.1', error: 'refused the connection' }],
  });
  const port = await serve(() => {});
  expect(await look({ ...closed, host: 'both.test', port }, testContext())).toMatchObject({ connected: true });
});
