import { createServer, type Server, type Socket } from 'node:net';
import { listen } from './listen.ts';
import type { StackState } from './stack.ts';

/** The stores that Langfuse needs. Broken, only the one for files is up. */
const STORES = ['clickhouse', 'minio', 'redis'] as const;

type Store = (typeof STORES)[number];

const isUp = (store: Store, state: StackState): boolean => state === 'healed' || store === 'minio';

/** Redis answers PING as it does; the others take a connection and say nothing. */
const greet =
  (store: Store) =>
  (socket: Socket): void => {
    socket.on('error', () => {});
    if (store === 'redis') socket.once('data', () => socket.end('+PONG\r\n'));
  };

const startStore = async (store: Store, state: StackState) => {
  const server: Server = createServer(greet(store));
  const port = await listen(server);
  const setState = (next: StackState): void => {
    if (isUp(store, next) === server.listening) return;
    if (server.listening) server.close();
    else server.listen(port, '127.0.0.1');
  };
  setState(state);
  const close = (): Promise<void> =>
    new Promise((resolve) => (server.listening ? server.close(() => resolve()) : resolve()));
  return { address: `127.0.0.1:${port}`, setState, close };
};

/** The stores, on free ports of loopback; their addresses by name. */
export const startStores = async (state: StackState) => {
  const [clickhouse, minio, redis] = await Promise.all([
    startStore('clickhouse', state),
    startStore('minio', state),
    startStore('redis', state),
  ]);
  const all = [clickhouse, minio, redis];
  return {
    environment: {
      CLICKHOUSE_ADDRESS: clickhouse.address,
      MINIO_ADDRESS: minio.address,
      REDIS_ADDRESS: redis.address,
    },
    setState: (next: StackState): void => {
      for (const store of all) store.setState(next);
    },
    close: async (): Promise<void> => {
      await Promise.all(all.map((store) => store.close()));
    },
  };
};
