import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { listen } from './incoming.ts';

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString());

describe('what a peer sends', () => {
  it('is pulled piece by piece, with the instant at which each came, until the end', async () => {
    let now = 0;
    const socket = new PassThrough();
    const incoming = listen(socket, () => now);
    expect(incoming.arrivedAt()).toBeNull();
    const first = incoming.next();
    now = 7;
    socket.write('one');
    expect(text(await first)).toBe('one');
    expect(incoming.arrivedAt()).toBe(7);
    now = 8;
    socket.end('two');
    now = 9;
    expect([text(await incoming.next()), await incoming.next(), await incoming.next()]).toEqual(['two', null, null]);
    expect(incoming.arrivedAt()).toBeGreaterThanOrEqual(8);
  });

  it('comes before the error that ended it', async () => {
    const socket = new PassThrough();
    const incoming = listen(socket, () => 0);
    socket.write('half');
    await new Promise((resolve) => setImmediate(resolve));
    socket.destroy(new Error('reset'));
    expect(text(await incoming.next())).toBe('half');
    await expect(incoming.next()).rejects.toThrow('reset');
  });

  it('can be put back in front', async () => {
    const socket = new PassThrough();
    const incoming = listen(socket, () => 0);
    socket.end('whole');
    const bytes = await incoming.next();
    incoming.unread(bytes?.subarray(2) ?? new Uint8Array());
    expect([text(await incoming.next()), await incoming.next()]).toEqual(['ole', null]);
  });

  it('is kept in bounds while nobody pulls', async () => {
    const socket = new PassThrough();
    listen(socket, () => 0);
    let taken = 0;
    while (taken < 100 && socket.write(Buffer.alloc(64 * 1024))) {
      taken += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(socket.isPaused()).toBe(true);
    expect(taken).toBeLessThan(10);
  });

  it('is handed over with all that came and was not pulled', async () => {
    const socket = new PassThrough();
    const incoming = listen(socket, () => 0);
    const first = incoming.next();
    socket.write('agreed');
    await new Promise((resolve) => setImmediate(resolve));
    socket.write('more');
    socket.write(' yet');
    expect(text(await first)).toBe('agreed');
    expect(text(incoming.detach())).toBe('more yet');
  });
});
