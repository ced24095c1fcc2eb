import { createServer } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { listen, stop } from '../../stack/listen.ts';
import { access } from './access.ts';
import { readExchange, requestLine, type Exchange } from './request.ts';
import { makeTasks } from './tasks.ts';

/** A shop with everything that flows are about. Each has a state of its own, and remembers what it was asked. */
export type Shop = {
  readonly url: string;
  readonly port: number;
  /** What it was asked, in order. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
};

type Route = (exchange: Exchange) => void;

const TEXT = { 'content-type': 'text/plain; charset=utf-8' } as const;
const PAGE = `<html><title>Sign in</title><form><input type="hidden" name="csrf" value="csrf-7f3a9c"></form></html>`;

const to =
  (status: number, location: string): Route =>
  ({ send }) =>
    send(status, '', { location });

const redirects = (other: string): { readonly [path: string]: Route } => ({
  '/old': to(302, '/new'),
  '/new': ({ json, method, body }) => json(200, { page: 'new', method, body: body.toString() }),
  '/moved': to(301, '/new'),
  '/see-other': to(303, '/new'),
  '/kept': to(307, '/new'),
  '/loop': to(302, '/pool'),
  '/pool': to(302, '/loop'),
  '/deep': to(302, '/deeper'),
  '/deeper': to(302, '/old'),
  '/away': to(302, `${other}/new`),
  '/sign-in-first': to(302, '/sign-in'),
  '/sign-in': ({ send }) => send(200, PAGE, { 'content-type': 'text/html' }),
});

const cookies: { readonly [path: string]: Route } = {
  '/session': ({ json, method, body }) => {
    const given = method === 'POST' ? JSON.parse(body.toString()).user : 'guest';
    json(
      201,
      { user: given },
      { 'set-cookie': [`sid=s-${given}; HttpOnly`, 'admin=yes; Path=/admin', 'short=1; Max-Age=3'] },
    );
  },
  '/whoami': ({ json, cookies: sent }) =>
    sent.has('sid')
      ? json(200, { user: sent.get('sid')?.slice(2), cookies: [...sent.keys()] })
      : json(401, { error: 'nobody' }),
  '/admin/panel': ({ json, cookies: sent }) => json(200, { cookies: [...sent.keys()].toSorted() }),
  '/sign-out': ({ json }) => json(200, {}, { 'set-cookie': 'sid=; Max-Age=0' }),
  '/odd-cookies': ({ json }) =>
    json(200, {}, { 'set-cookie': ['secure=1; Secure', 'elsewhere=1; Domain=other.example', 'same=1'] }),
};

const encodings: { readonly [path: string]: Route } = {
  '/gzip': ({ send }) =>
    send(200, gzipSync('{"coding":"gzip"}'), { 'content-type': 'application/json', 'content-encoding': 'gzip' }),
  '/brotli': ({ send }) =>
    send(200, brotliCompressSync('{"coding":"br"}'), { 'content-type': 'application/json', 'content-encoding': 'br' }),
  '/latin1': ({ send }) =>
    send(200, Buffer.from('Müller', 'latin1'), { 'content-type': 'text/plain; charset=iso-8859-1' }),
  '/broken-utf8': ({ send }) => send(200, Buffer.from('M\xfcller', 'latin1'), TEXT),
  '/bom': ({ send }) => send(200, '\ufeff{"bom":true}', { 'content-type': 'application/json' }),
  '/unicode': ({ json }) => json(200, { name: 'Zoë 🙂 \u202e', path: 'a b/ü' }),
};

const types: { readonly [path: string]: Route } = {
  '/typed': ({ json }) =>
    json(200, {
      number: 1,
      text: '1',
      zero: 0,
      empty: '',
      no: false,
      nothing: null,
      list: [],
      nested: { deep: [1, { x: 2 }] },
    }),
  '/echo': ({ json, headers, body, method, url }) =>
    json(200, {
      method,
      query: Object.fromEntries(url.searchParams),
      type: headers['content-type'] ?? null,
      body: body.toString(),
    }),
  '/form': ({ json, body }) => json(200, Object.fromEntries(new URLSearchParams(body.toString()))),
};

/** What a form with files holds, as a reader that is none of ours has it. */
const uploads: { readonly [path: string]: Route } = {
  '/upload': ({ json, headers, body }) => {
    const type = { headers: { 'content-type': headers['content-type'] ?? '' } };
    void new Response(new Uint8Array(body), type).formData().then(async (form) => {
      const fields = [...form].map(async ([name, value]) => [
        name,
        typeof value === 'string' ? value : await told(value),
      ]);
      json(201, Object.fromEntries(await Promise.all(fields)));
    });
  },
};

const told = async (file: File) => ({ name: file.name, type: file.type, text: await file.text() });

/** Starts a shop; `other` is the address of a stranger that it leads to. */
export const startShop = async (other = ''): Promise<Shop> => {
  const requests: string[] = [];
  const { routes: tasks, any } = makeTasks();
  const routes = new Map(
    Object.entries({ ...redirects(other), ...cookies, ...encodings, ...types, ...uploads, ...access, ...tasks }),
  );
  const server = createServer((request, response) => {
    void readExchange(request, response).then((exchange) => {
      requests.push(requestLine(exchange));
      const route = routes.get(exchange.url.pathname);
      if (route !== undefined) route(exchange);
      else if (!any(exchange)) exchange.json(404, { error: 'no such path' });
    });
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, port, requests, close: () => stop(server) };
};
