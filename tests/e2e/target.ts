import { createServer, type RequestListener } from 'node:http';
import { listen, stop } from '../stack/listen.ts';

/** A small real server for command-line tests: each path behaves as it is called. */
const asked = new Map<string, number>();

/** Counts how often a path was asked, this time included. */
const countOf = (path: string): number => {
  const count = (asked.get(path) ?? 0) + 1;
  asked.set(path, count);
  return count;
};

const handle: RequestListener = (request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const json = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (path === '/ok') json(200, { status: 'pass', items: [1, 2, 3], version: '1.4.2' });
  else if (path === '/degraded') json(200, { status: 'degraded' });
  else if (path === '/down') json(503, { status: 'fail' });
  else if (path === '/login') response.writeHead(302, { location: '/ok' }).end();
  else if (path === '/loop') response.writeHead(308, { location: '/loop' }).end();
  else if (path === '/private') response.writeHead(401, { 'www-authenticate': 'Bearer realm="api"' }).end();
  else if (path === '/echo') json(200, { authorization: request.headers.authorization ?? null });
  else if (path.startsWith('/flaky')) json(countOf(path) === 1 ? 503 : 200, { status: 'pass' });
  else if (path.startsWith('/job')) json(200, { state: countOf(path) < 4 ? 'running' : 'done' });
  else if (path === '/slow') setTimeout(() => json(200, { status: 'pass' }), 3000);
  else if (path === '/hostile') json(200, { status: '\u001b[31m::error::</script><script>alert(1)</script>\u202e' });
  else json(404, { error: 'no such path' });
};

/** Starts the target on a free loopback port. */
export const startTarget = async () => {
  const server = createServer(handle);
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, close: () => stop(server) };
};
