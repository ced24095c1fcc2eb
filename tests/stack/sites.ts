import { createServer as createHttp, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { listen, stop } from './listen.ts';

export type SitesState = 'broken' | 'healed';

/** The four names of the demo; `docs.example` is the one that does not resolve while broken. */
export const SITES = ['landing.example', 'conductor.example', 'echome.example', 'docs.example'] as const;

const TITLES: { readonly [host: string]: string } = {
  'landing.example': 'Marketplace',
  'conductor.example': 'Conductor',
  'echome.example': 'Echome',
  'docs.example': 'Marketplace documentation',
};

const page = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`;

const hostOf = (request: IncomingMessage): string =>
  (request.headers.host ?? '').replace(/:\d+$/, '').replace(/^www\./, '');

const show = (response: ServerResponse, title: string, text: string): void => {
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'strict-transport-security': 'max-age=31536000' })
    .end(page(title, text));
};

/**
 * Real HTTP and HTTPS servers for the four names. Broken: `conductor.example` shows a registrar's parking page, and the
 * application of `echome.example` sends https back to http, which its proxy sends to https again.
 */
export const startSites = async (state: SitesState, tls: { readonly key: string; readonly cert: string }) => {
  let current = state;
  let httpsPort = 0;
  let httpPort = 0;

  const overHttp: RequestListener = (request, response) => {
    const location = `https://${hostOf(request)}:${httpsPort}${request.url ?? '/'}`;
    response.writeHead(308, { location }).end();
  };
  const overHttps: RequestListener = (request, response) => {
    const host = hostOf(request);
    if (current === 'broken' && host === 'echome.example') {
      response.writeHead(308, { location: `http://${host}:${httpPort}${request.url ?? '/'}` }).end();
    } else if (request.headers.host?.startsWith('www.')) {
      response.writeHead(308, { location: `https://${host}:${httpsPort}${request.url ?? '/'}` }).end();
    } else if (current === 'broken' && host === 'conductor.example') {
      show(response, 'Domain parked', 'This domain was registered recently. Buy it now.');
    } else {
      show(response, TITLES[host] ?? 'Unknown', `Welcome to ${host}.`);
    }
  };

  const http = createHttp(overHttp);
  const https = createHttps({ key: tls.key, cert: tls.cert }, overHttps);
  httpPort = await listen(http);
  httpsPort = await listen(https);
  return {
    httpPort,
    httpsPort,
    setState: (next: SitesState) => {
      current = next;
    },
    close: async () => {
      await Promise.all([stop(http), stop(https)]);
    },
  };
};
