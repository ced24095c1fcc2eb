import { type Behaviour, startRawServer } from '../../../tests/stack/raw-server.ts';
import { attemptAt } from '../sse/test-outcome.ts';
import { websocket } from './kind.ts';
import type { Spec } from './schema.ts';

/** For tests: one attempt at a server that speaks bytes, which is ended afterwards. */
export const attemptAtRaw = async (
  behave: Behaviour,
  spec: Omit<Spec, 'url'> = {},
  options: Parameters<typeof attemptAt>[2] = {},
) => {
  const server = await startRawServer(behave);
  try {
    const made = await attemptAt(websocket, { ...spec, url: `ws://127.0.0.1:${server.port}/` }, options);
    return { made, received: server.received() };
  } finally {
    await server.close();
  }
};
