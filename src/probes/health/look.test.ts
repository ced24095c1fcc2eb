import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { isJsonObject, type Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { health } from './kind.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { testContext } from '../test-context.ts';

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
});

const serve = async (answer: (response: ServerResponse, path: string) => void): Promise<string> => {
  const server = createServer((request, response) => answer(response, request.url ?? ''));
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/health`;
};

const context = (): ProbeContext => testContext(5000);

const seen = async (spec: Spec): Promise<Facts> => look(spec, context());
const healthOf = (facts: Facts): Json | undefined => facts['health'];
const codes = (facts: Facts, spec: Spec, fact: string): readonly string[] =>
  health
    .explain(facts, spec)
    .filter((sign) => sign.fact === fact)
    .map((sign) => sign.code);

describe('a look at a health endpoint', () => {
  it('reports what http sees and what the body says', async () => {
    const url = await serve((response) => {
      response.writeHead(503, { 'content-type': 'application/json' });
      response.end('{"status":"DOWN","components":{"db":{"status":"DOWN"},"disk":{"status":"UP"}}}');
    });
    const facts = await seen({ url, require: ['db', 'index'] });
    expect(facts).toMatchObject({
      status: 503,
      json: { status: 'DOWN' },
      health: {
        status: 'fail',
        format: 'spring-boot',
        message: 'the body says "DOWN": db says "DOWN"',
        components: { db: 'fail', disk: 'pass' },
        disagreements: [],
        contradictions: [],
        missing: ['index'],
      },
    });
    expect(healthOf(facts)).not.toHaveProperty('stale');
    expect(isJsonObject(facts['timings'])).toBe(true);
  });

  it('reads plain text', async () => {
    const url = await serve((response) => response.end('OK\n'));
    expect(healthOf(await seen({ url }))).toMatchObject({ status: 'pass', format: 'text' });
  });

  it('reads JSON whatever content type it comes with', async () => {
    const url = await serve((response) => {
      response.setHeader('content-type', 'text/html');
      response.end('{"status":"pass"}');
    });
    expect(healthOf(await seen({ url }))).toMatchObject({ status: 'pass', format: 'ietf' });
  });

  it('holds the body to the format that the check names', async () => {
    const url = await serve((response) => response.end('{"status":"ok"}'));
    expect(healthOf(await seen({ url, format: 'spring-boot' }))).toMatchObject({
      status: 'unknown',
      format: 'spring-boot',
    });
  });

  it('does not follow a redirect to a login page that answers 200', async () => {
    const url = await serve((response, path) => {
      if (path === '/login') response.end('OK');
      else response.writeHead(302, { location: '/login' }).end();
    });
    const facts = await seen({ url });
    expect(healthOf(facts)).toMatchObject({ status: 'unknown', format: 'unrecognised' });
    expect(codes(facts, { url }, 'health')[0]).toBe('redirect-unexpected');
  });

  it('follows a redirect when it is told to', async () => {
    const url = await serve((response, path) => {
      if (path === '/healthz') response.end('{"status":"UP"}');
      else response.writeHead(302, { location: '/healthz' }).end();
    });
    expect(healthOf(await seen({ url, follow: true }))).toMatchObject({ status: 'pass', format: 'spring-boot' });
  });

  it('takes an error page for what its status says', async () => {
    const url = await serve((response) => {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>Bad gateway</h1></html>');
    });
    const facts = await seen({ url });
    expect(healthOf(facts)).toMatchObject({ status: 'unknown', format: 'unrecognised' });
    expect(codes(facts, { url }, 'health')[0]).toBe('http-5xx');
  });

  it('does not choose between two statuses of one body', async () => {
    const url = await serve((response) => response.end('{"status":"DOWN","status":"UP"}'));
    const facts = await seen({ url });
    expect(healthOf(facts)).toMatchObject({ status: 'unknown', format: 'unrecognised' });
    expect(codes(facts, { url }, 'health')[0]).toBe('not-json');
  });

  it('sees that a cache answered', async () => {
    const url = await serve((response) => response.writeHead(200, { age: '3600' }).end('OK'));
    expect(healthOf(await seen({ url }))).toMatchObject({
      status: 'pass',
      stale: 'the answer was in a cache for 1 hour (Age: 3600)',
    });
  });

  it('could not look where nobody listens', async () => {
    const url = await serve((response) => response.end());
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
    await expect(seen({ url })).rejects.toBeInstanceOf(CouldNotLook);
  });
});
