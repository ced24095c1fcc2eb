import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listen } from '../../../tests/stack/listen.ts';
import { attemptError, attemptsPending, connectTrouble, dial, type Attempt } from './dial.ts';

const tried = (address: string, state: Attempt['state']): Attempt => ({ address, family: 4, state });

describe('what is said of attempts', () => {
  it.each<[readonly Attempt[], string, string]>([
    [[tried('10.0.0.1', 'ECONNREFUSED')], 'connect-refused', 'port 80: 10.0.0.1 refused the connection'],
    [[tried('10.0.0.1', 'ECONNRESET')], 'connect-reset', 'port 80: 10.0.0.1 reset the connection'],
    [[tried('10.0.0.1', 'ETIMEDOUT')], 'connect-timeout', 'port 80: 10.0.0.1 did not answer'],
    [
      [tried('10.0.0.1', 'ENETUNREACH')],
      'connect-unreachable',
      'port 80: 10.0.0.1 is unreachable: no route to its network',
    ],
    [[tried('10.0.0.1', 'EODD')], 'connect-unreachable', 'port 80: 10.0.0.1 is unreachable (EODD)'],
    [
      [tried('10.0.0.1', 'EHOSTUNREACH'), tried('10.0.0.2', 'ECONNREFUSED')],
      'connect-refused',
      'port 80, none of 2 addresses: 10.0.0.1 is unreachable; 10.0.0.2 refused the connection',
    ],
    [
      [tried('10.0.0.1', 'EMFILE')],
      'probe-crashed',
      'port 80: 10.0.0.1 could not be tried: a limit of this machine (EMFILE)',
    ],
  ])('%j', (attempts, code, message) => {
    expect(connectTrouble(attempts, 80)).toMatchObject({ code, message });
  });

  it('names at most eight of many addresses', () => {
    const many = Array.from({ length: 100 }, (_, at) => tried(`10.0.0.${at}`, 'ECONNREFUSED'));
    expect(connectTrouble(many, 80).message.match(/refused/g)).toHaveLength(8);
  });

  it('tells who has not answered yet', () => {
    const attempts = [tried('10.0.0.1', null), tried('10.0.0.2', 'ECONNREFUSED'), tried('10.0.0.3', null)];
    expect(attemptsPending(attempts, 443)).toBe('no answer from 10.0.0.1, 10.0.0.3, port 443');
    expect(attemptsPending([tried('10.0.0.1', 'open')], 443)).toBeNull();
    expect(attempts.map(attemptError)).toEqual([
      'no answer yet when the attempt ended',
      'refused the connection',
      'no answer yet when the attempt ended',
    ]);
  });
});

describe('dialling', () => {
  let server: Server;

  afterEach(() => {
    server.close();
  });

  it('goes on to the next address when one refuses, and records both', async () => {
    server = createServer((socket) => socket.destroy());
    const port = await listen(server);
    const attempts: Attempt[] = [];
    const { socket, address } = await dial(['127.0.0.7', '127.0.0.1'], port, AbortSignal.timeout(1000), attempts);
    socket.destroy();
    expect(address).toBe('127.0.0.1');
    expect(attempts).toEqual([
      { address: '127.0.0.7', family: 4, state: 'ECONNREFUSED' },
      { address: '127.0.0.1', family: 4, state: 'open' },
    ]);
  });

  it('does not begin when the signal has been aborted', async () => {
    server = createServer();
    const port = await listen(server);
    const attempts: Attempt[] = [];
    const reason = new Error('stopped');
    await expect(dial(['127.0.0.1'], port, AbortSignal.abort(reason), attempts)).rejects.toBe(reason);
    expect(attempts).toEqual([]);
  });
});
