import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen, stop } from './listen.ts';
import { healthAnswer } from './service-health.ts';
import { writeLogs } from './service-logs.ts';
import type { StackState } from './stack.ts';

const BEAT_MS = 100;
/** Broken, the stream beats so often and then only stays open. */
const LAST_BEATS = 1;
/** Broken, one answer in ten waits this long: the mean hides it, and p95 does not. */
const TAIL_MS = 700;

export const PAYMENTS_TOKEN = 'test-credential-of-the-payments-sandbox';

const metrics = (service: string, broken: boolean): string => {
  const labels = `service="${service}"`;
  const requests = [
    '# TYPE http_requests_total counter',
    `http_requests_total{${labels},code="200"} 4711`,
    `http_requests_total{${labels},code="503"} 2`,
  ];
  return [
    ...(broken && service === 'billing' ? [] : requests),
    '# TYPE http_request_duration_seconds histogram',
    `http_request_duration_seconds_bucket{${labels},le="0.1"} 4600`,
    `http_request_duration_seconds_bucket{${labels},le="+Inf"} 4713`,
    `http_request_duration_seconds_sum{${labels}} 190.4`,
    `http_request_duration_seconds_count{${labels}} 4713`,
    '# TYPE process_start_time_seconds gauge',
    `process_start_time_seconds ${Math.floor(Date.now() / 1000) - 3600}`,
    ...(service === 'orders' ? ['# TYPE orders_dead_letters gauge', `orders_dead_letters ${broken ? 3 : 0}`] : []),
    '',
  ].join('\n');
};

const PRODUCTION = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'";
const DEVELOPMENT = "default-src 'self'; script-src 'self' 'unsafe-inline'";

const storefront = (response: ServerResponse, broken: boolean): void => {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': broken ? DEVELOPMENT : PRODUCTION,
    'x-content-type-options': 'nosniff',
  });
  response.end('<!doctype html><title>Shop</title>');
};

/** An event, and then heartbeats: broken, a few of them, and silence on an open stream. */
const stream = (response: ServerResponse, broken: boolean): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('event: order\ndata: {"id":"order-1"}\n\n');
  let beats = 0;
  const timer = setInterval(() => {
    beats += 1;
    if (!broken || beats <= LAST_BEATS) response.write(': alive\n\n');
  }, BEAT_MS);
  response.once('close', () => clearInterval(timer));
};

const jsonAnswer = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const payments = (request: IncomingMessage, response: ServerResponse): void => {
  if (request.headers.authorization === `Bearer ${PAYMENTS_TOKEN}`) jsonAnswer(response, 200, { live: true });
  else jsonAnswer(response.setHeader('www-authenticate', 'Bearer realm="payments"'), 401, { error: 'unauthorised' });
};

/**
 * Four services behind one address, each with its dialect of health, a stream, metrics, pages and logs. `environment`
 * holds the variables that `checks/service-readiness.yaml` reads, for a soak of two seconds.
 */
export const startServices = async (state: StackState) => {
  let broken = state === 'broken';
  let asked = 0;
  const logs = mkdtempSync(join(tmpdir(), 'gonogo-services-'));
  writeLogs(logs, state);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [, service = '', ...rest] = pathname.split('/');
    const health = healthAnswer(service, rest.join('/'), broken);
    if (health !== null) response.writeHead(health.status, { 'content-type': health.type }).end(health.body);
    else if (pathname === '/') storefront(response, broken);
    else if (pathname === '/orders/events') stream(response, broken);
    else if (pathname.endsWith('/metrics'))
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(metrics(service, broken));
    else if (pathname === '/payments/balance') payments(request, response);
    else if (pathname === '/api/traces/latest') jsonAnswer(response, 200, { received: new Date().toISOString() });
    else if (pathname === '/orders/api/latest') jsonAnswer(response, 200, { orders: [{ id: 'order-1' }] });
    else if (pathname === '/search/api/latest') {
      asked += 1;
      setTimeout(() => jsonAnswer(response, 200, { hits: [] }), broken && asked % 10 === 0 ? TAIL_MS : 0);
    } else jsonAnswer(response, 404, { error: 'no such path' });
  });
  const port = await listen(server);
  const url = `http://127.0.0.1:${port}`;
  return {
    environment: {
      SERVICES_URL: url,
      LOG_FOLDER: logs,
      PAYMENTS_TOKEN,
      TRACES_URL: url,
      SOAK_DURATION: '2s',
      SOAK_HEARTBEAT: '1500ms',
    },
    setState: (next: StackState): void => {
      broken = next === 'broken';
      writeLogs(logs, next);
    },
    close: async () => {
      await stop(server);
      rmSync(logs, { recursive: true, force: true });
    },
  };
};
