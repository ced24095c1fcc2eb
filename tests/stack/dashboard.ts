import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen, stop } from './listen.ts';

export type DashboardState = 'broken' | 'healed';

const BAD_GATEWAY = `<html>
<head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.25.3</center></body>
</html>
`;

/** What the application behind the proxy answers, in the health+json format. */
const health = () => ({
  status: 'pass',
  version: '3',
  releaseId: '3.4.1',
  checks: {
    'tasks-database:responseTime': [
      { status: 'pass', observedValue: 4, observedUnit: 'ms', time: new Date().toISOString() },
    ],
    'queue:depth': [{ status: 'pass', observedValue: 2, observedUnit: 'messages', time: new Date().toISOString() }],
  },
});

const answer = (request: IncomingMessage, response: ServerResponse, state: DashboardState): void => {
  if (state === 'broken') {
    response.writeHead(502, { 'content-type': 'text/html; charset=utf-8' }).end(BAD_GATEWAY);
    return;
  }
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path === '/api/health') {
    response.writeHead(200, { 'content-type': 'application/health+json' }).end(JSON.stringify(health()));
  } else if (path === '/api/tasks') {
    const tasks = [{ id: 'task-1', repo: 'landing', state: 'assigned' }];
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ tasks, total: tasks.length }));
  } else {
    response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ error: 'no such path' }));
  }
};

/** The dashboard of the demo behind its proxy: broken, the proxy answers 502 to everything. */
export const startDashboard = async (state: DashboardState) => {
  let current = state;
  const server = createServer((request, response) => answer(request, response, current));
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    setState: (next: DashboardState) => {
      current = next;
    },
    close: () => stop(server),
  };
};
