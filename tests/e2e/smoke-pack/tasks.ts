import type { Exchange } from './request.ts';

type Task = { readonly id: number; readonly title: string; state: string };
type Job = { readonly id: string; readonly end: string; polls: number };

/** The part of the shop that remembers: tasks that are made and taken away, jobs that take a while, errors that pass. */
export const makeTasks = () => {
  const tasks = new Map<number, Task>();
  const jobs = new Map<string, Job>();
  const counts = new Map<string, number>();
  let made = 0;

  const countOf = (path: string): number => {
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    return count;
  };

  const create = ({ json, body }: Exchange): void => {
    made += 1;
    const task = { id: made, title: String(JSON.parse(body.toString()).title), state: 'new' };
    tasks.set(task.id, task);
    json(201, task, { location: `/tasks/${task.id}` });
  };

  const routes: { readonly [path: string]: (exchange: Exchange) => void } = {
    '/tasks': (exchange) =>
      exchange.method === 'POST' ? create(exchange) : exchange.json(200, { items: [...tasks.values()] }),
    // Makes the task, and never says so.
    '/tasks/slow': ({ say, body }) => {
      made += 1;
      tasks.set(made, { id: made, title: body.toString(), state: 'new' });
      say();
    },
    '/tasks/nameless': ({ json }) => json(201, { title: 'it has no id' }),
    '/jobs': ({ json, body }) => {
      const id = `job-${jobs.size + 1}`;
      jobs.set(id, { id, end: String(JSON.parse(body.toString()).end), polls: 0 });
      json(202, { id }, { location: `/jobs/${id}` });
    },
    '/hostile': ({ json, url }) => json(200, HOSTILE[url.searchParams.get('as') ?? ''] ?? {}),
    '/slow': ({ say }) => say(),
    '/error': ({ json }) => json(500, { error: 'it broke' }),
  };

  const task = ({ url, method, json, send }: Exchange): boolean => {
    const [, id = '', action = ''] = /^\/tasks\/(\d+)(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    const found = tasks.get(Number(id));
    if (id === '') return false;
    if (found === undefined) json(404, { error: 'there is no such task' });
    else if (method === 'DELETE') {
      tasks.delete(found.id);
      send(204, '', {});
    } else {
      if (action !== '') found.state = action === 'assign' ? 'assigned' : 'complete';
      json(200, found);
    }
    return true;
  };

  const job = ({ url, json }: Exchange): boolean => {
    const found = jobs.get(/^\/jobs\/(.*)$/.exec(url.pathname)?.[1] ?? '');
    if (found === undefined) return false;
    found.polls += 1;
    json(200, { id: found.id, state: found.polls < 3 ? 'running' : found.end, polls: found.polls });
    return true;
  };

  const flaky = ({ url, json }: Exchange): boolean => {
    if (!url.pathname.startsWith('/flaky')) return false;
    const count = countOf(url.pathname);
    json(count === 1 ? 503 : 200, { count });
    return true;
  };

  return { routes, any: (exchange: Exchange): boolean => task(exchange) || job(exchange) || flaky(exchange) };
};

/** What a target may answer where an id is asked for. */
const HOSTILE: { readonly [name: string]: unknown } = {
  climb: { id: '../admin/panel' },
  cut: { id: '1?as=admin#' },
  line: { id: '1\r\nX-Admin: yes' },
  matcher: { id: { exists: true } },
  placeholder: { id: '${secret.PASSWORD}' },
  huge: { id: 'x'.repeat(100_000) },
  nothing: { id: null },
  empty: { id: '' },
  option: { id: '--version' },
  short: { id: '1234' },
};
