import { expect, it } from 'vitest';
import { makeLogger } from './logger.ts';

it('does not load its library before there is something to say', async () => {
  let opened = 0;
  const entries: string[] = [];
  const open = async () => {
    opened += 1;
    return ({ message }: { readonly message: string }) => {
      entries.push(message);
    };
  };
  const log = makeLogger(false, (value) => value, open);
  log.debug('a');
  log.info('b');
  await log.flush();
  expect(opened).toBe(0);
  log.warn('c');
  log.error('d');
  await log.flush();
  expect({ opened, entries }).toEqual({ opened: 1, entries: ['c', 'd'] });
});
