import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { pageOf } from './board-pages.ts';
import { listen, stop } from './listen.ts';

/**
 * What is wrong with the board: tasks cannot be completed because the queue behind them is down; the search index of
 * the page was not rebuilt, so that page and API disagree; the live status never changes.
 */
export type BoardState = 'broken' | 'healed';

export const BOARD_USER = 'smoke';

const MOST_BODY = 64 * 1024;

type Task = { readonly id: string; readonly name: string; readonly repo: string; readonly state: string };

/** The tables of the board, in memory: sessions, tasks, and what the search of the page was built of. */
const makeDatabase = () => {
  const database = new DatabaseSync(':memory:');
  database.exec(`
    CREATE TABLE sessions (token TEXT PRIMARY KEY, user TEXT NOT NULL);
    CREATE TABLE tasks (id TEXT PRIMARY KEY, name TEXT NOT NULL, repo TEXT NOT NULL, state TEXT NOT NULL);
    CREATE TABLE articles (id TEXT PRIMARY KEY, title TEXT NOT NULL, indexed INTEGER NOT NULL);
    INSERT INTO articles VALUES ('refunds', 'How refunds work', 1), ('tokens', 'Rotating a token', 1),
      ('refund-limits', 'Limits of a refund', 0);
  `);
  return database;
};

type Board = {
  readonly database: DatabaseSync;
  readonly password: string;
  state: BoardState;
  /** Counts acts, which the live status shows. */
  acts: number;
};

const tasksIn = ({ database }: Board): readonly Task[] =>
  database
    .prepare('SELECT id, name, repo, state FROM tasks ORDER BY rowid')
    .all()
    .map((row) => ({
      id: String(row['id']),
      name: String(row['name']),
      repo: String(row['repo']),
      state: String(row['state']),
    }));

const taskIn = (board: Board, id: string): Task | undefined => tasksIn(board).find((task) => task.id === id);

/** Titles with the word; the page searches what was indexed, the API searches the table. */
const search = ({ database, state }: Board, word: string, from: 'page' | 'api'): readonly string[] => {
  const stale = from === 'page' && state === 'broken';
  const query = `SELECT title FROM articles WHERE title LIKE ? ${stale ? 'AND indexed = 1' : ''} ORDER BY title`;
  return database
    .prepare(query)
    .all(`%${word.replaceAll(/[%_]/g, '')}%`)
    .map((row) => String(row['title']));
};

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array) || (size += chunk.length) > MOST_BODY) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const fieldsOf = (body: string): { readonly [name: string]: string } => {
  try {
    const value: unknown = JSON.parse(body);
    return Object.fromEntries(Object.entries(value ?? {}).map(([name, field]) => [name, String(field)]));
  } catch {
    return Object.fromEntries(new URLSearchParams(body));
  }
};

const tokenOf = (request: IncomingMessage): string =>
  /(?:^|; )board=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ??
  /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ??
  '';

const userOf = ({ database }: Board, request: IncomingMessage): string | null => {
  const row = database.prepare('SELECT user FROM sessions WHERE token = ?').get(tokenOf(request));
  return row === undefined ? null : String(row['user']);
};

type Answer = {
  readonly status: number;
  readonly json?: unknown;
  readonly html?: string;
  readonly headers?: { readonly [name: string]: string };
};

const signIn = (board: Board, fields: { readonly [name: string]: string }, wantsPage: boolean): Answer => {
  if (fields['user'] !== BOARD_USER || fields['password'] !== board.password) {
    return wantsPage
      ? { status: 401, html: pageOf('sign-in', { problem: 'Wrong name or password' }) }
      : { status: 401, json: { error: 'wrong name or password' } };
  }
  const token = randomUUID();
  board.database.prepare('INSERT INTO sessions VALUES (?, ?)').run(token, BOARD_USER);
  const headers = { 'set-cookie': `board=${token}; Path=/; HttpOnly; SameSite=Lax` };
  return wantsPage
    ? { status: 303, headers: { ...headers, location: '/board' } }
    : { status: 200, json: { token }, headers };
};

const create = (board: Board, fields: { readonly [name: string]: string }): Answer => {
  const task = { id: randomUUID(), name: fields['name'] ?? '', repo: fields['repo'] ?? '', state: 'new' };
  if (task.name === '') return { status: 422, json: { error: 'a task needs a name' } };
  board.database.prepare('INSERT INTO tasks VALUES (?, ?, ?, ?)').run(task.id, task.name, task.repo, task.state);
  board.acts += 1;
  return { status: 201, json: task, headers: { location: `/api/tasks/${task.id}` } };
};

const ACTS: ReadonlyMap<string, { readonly from: string; readonly to: string }> = new Map([
  ['assign', { from: 'new', to: 'assigned' }],
  ['complete', { from: 'assigned', to: 'done' }],
]);

const act = (board: Board, task: Task, name: string): Answer => {
  const known = ACTS.get(name);
  if (known === undefined) return { status: 404, json: { error: 'no such act' } };
  if (name === 'complete' && board.state === 'broken') return { status: 503, json: { error: 'the queue is down' } };
  if (task.state !== known.from) return { status: 409, json: { error: `the task is ${task.state}` } };
  board.database.prepare('UPDATE tasks SET state = ? WHERE id = ?').run(known.to, task.id);
  board.acts += 1;
  return { status: 200, json: { ...task, state: known.to } };
};

const onTask = (board: Board, method: string, id: string, name: string): Answer => {
  const task = taskIn(board, id);
  if (task === undefined) return { status: 404, json: { error: 'no such task' } };
  if (name !== '') return method === 'POST' ? act(board, task, name) : { status: 405, json: { error: 'POST it' } };
  if (method !== 'DELETE') return { status: 200, json: task };
  board.database.prepare('DELETE FROM tasks WHERE id = ?').run(id);
  return { status: 204 };
};

/** For whoever cleans up and does not know what was made: by the name, which no other task has. */
const removeNamed = ({ database }: Board, name: string): Answer => {
  const { changes } = database.prepare('DELETE FROM tasks WHERE name = ?').run(name);
  return { status: 200, json: { removed: Number(changes) } };
};

const answerTo = async (board: Board, request: IncomingMessage): Promise<Answer> => {
  const { method = 'GET' } = request;
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = url.pathname;
  if (path === '/health') return { status: 200, json: { status: 'ok' } };
  if (path === '/sign-in' && method === 'GET') return { status: 200, html: pageOf('sign-in', {}) };
  if (path === '/sign-in') return signIn(board, fieldsOf(await readBody(request)), true);
  if (path === '/api/session' && method === 'POST') return signIn(board, fieldsOf(await readBody(request)), false);
  if (userOf(board, request) === null) {
    return path.startsWith('/api/')
      ? { status: 401, json: { error: 'sign in' } }
      : { status: 303, headers: { location: '/sign-in' } };
  }
  const word = url.searchParams.get('q') ?? '';
  if (path === '/' || path === '/board') return { status: 200, html: pageOf('board', { tasks: tasksIn(board) }) };
  if (path === '/search') return { status: 200, html: pageOf('search', { word, titles: search(board, word, 'page') }) };
  if (path === '/api/search') return { status: 200, json: { titles: search(board, word, 'api') } };
  if (path === '/api/status') {
    return { status: 200, json: { acts: board.state === 'broken' ? 0 : board.acts, open: tasksIn(board).length } };
  }
  if (path === '/api/tasks' && method === 'POST') return create(board, fieldsOf(await readBody(request)));
  if (path === '/api/tasks' && method === 'DELETE') return removeNamed(board, url.searchParams.get('name') ?? '');
  if (path === '/api/tasks') return { status: 200, json: { tasks: tasksIn(board) } };
  const [, id = '', name = ''] = /^\/api\/tasks\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  return id === '' ? { status: 404, json: { error: 'no such path' } } : onTask(board, method, id, name);
};

const send = (response: ServerResponse, { status, json, html, headers = {} }: Answer): void => {
  const type = html === undefined ? 'application/json' : 'text/html; charset=utf-8';
  const policy = {
    'content-security-policy':
      "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
  };
  const body = html ?? (json === undefined ? '' : JSON.stringify(json));
  response.writeHead(status, { ...headers, ...policy, ...(body === '' ? {} : { 'content-type': type }) }).end(body);
};

/** The demo's dashboard application with its database: sign in, tasks, live status, search by page and by API. */
export const startBoard = async (state: BoardState, password: string) => {
  const board: Board = { database: makeDatabase(), password, state, acts: 0 };
  const server = createServer((request, response) => {
    answerTo(board, request).then(
      (answer) => send(response, answer),
      () => send(response, { status: 500, json: { error: 'it broke' } }),
    );
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    /** Tasks that are there now: a smoke run must leave none behind. */
    tasks: () => tasksIn(board),
    setState: (next: BoardState) => {
      board.state = next;
    },
    close: async () => {
      await stop(server);
      board.database.close();
    },
  };
};
