import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen, stop } from './listen.ts';
import { helpAnswer, landingPage, listings } from './marketplace-pages.ts';
import type { StackState } from './stack.ts';

const DAY_MS = 86_400_000;

type Orders = Map<string, { state: 'open' | 'paid' }>;

/** Orders, and paying them. Broken, nobody has connected a payment provider. */
const answerOrder = (request: IncomingMessage, response: ServerResponse, orders: Orders, state: StackState): void => {
  const json = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const [id = '', action = ''] = (request.url ?? '').replace('/api/orders', '').split('/').slice(1);
  const order = orders.get(id);
  if (request.method === 'POST' && id === '') {
    const next = `order-${orders.size + 1}`;
    orders.set(next, { state: 'open' });
    json(201, { id: next, state: 'open' });
  } else if (request.method === 'GET' && id === '') json(200, { orders: [...orders.keys()], total: orders.size });
  else if (order === undefined) json(404, { error: 'no such order' });
  else if (request.method === 'DELETE') {
    orders.delete(id);
    response.writeHead(204).end();
  } else if (action === 'pay' && state === 'broken') json(501, { error: 'no payment provider is connected' });
  else if (action === 'pay') {
    order.state = 'paid';
    json(200, { id, state: 'paid', provider: 'test' });
  } else json(200, { id, state: order.state });
};

const answer = (request: IncomingMessage, response: ServerResponse, orders: Orders, state: StackState): void => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const json = (body: unknown) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (path === '/') response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(landingPage(state));
  else if (path === '/beacon.min.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end('beacon();\n');
  else if (path === '/api/health') json({ status: 'pass' });
  else if (path === '/api/listings') json(listings(state));
  else if (path === '/api/payments')
    json({ connected: state === 'healed', mode: state === 'healed' ? 'live' : 'none' });
  else if (path === '/help/ask') json(helpAnswer(state));
  else if (path.startsWith('/api/orders')) answerOrder(request, response, orders, state);
  else response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"no such path"}');
};

/** The backup of last night; broken, the last one is three days old. */
const writeBackups = (folder: string, state: StackState): void => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'market.dump');
  writeFileSync(path, 'x'.repeat(4096));
  const written = new Date(Date.now() - (state === 'healed' ? 0.1 : 3) * DAY_MS);
  utimesSync(path, written, written);
};

/**
 * A market on its way to its launch: the landing page, orders and payments, listings, a help centre, and the folder of
 * its backups. `environment` holds the variables that `checks/marketplace-launch.yaml` reads.
 */
export const startMarketplace = async (state: StackState) => {
  let current = state;
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-marketplace-'));
  const backups = join(folder, 'backups');
  writeBackups(backups, current);
  const orders: Orders = new Map();
  const server = createServer((request, response) => answer(request, response, orders, current));
  const port = await listen(server);
  return {
    environment: { MARKET_URL: `http://127.0.0.1:${port}`, MARKET_BACKUPS: backups },
    setState: (next: StackState): void => {
      current = next;
      writeBackups(backups, next);
    },
    /** Orders that nobody cleaned up. */
    ordersLeft: (): number => orders.size,
    close: async () => {
      await stop(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
