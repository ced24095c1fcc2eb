import { createServer, type IncomingHttpHeaders } from 'node:http';
import { evaluate } from '../../matchers/evaluate.ts';
import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook } from '../probe.ts';
import { testContext } from '../test-context.ts';
import { defaults } from './defaults.ts';
import { explain } from './explain.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';

/** What a request to the index of a test was. */
export type Request = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** What it answers: JSON with 200, a status with a body, or nothing at all. */
export type Reply =
  | { readonly json: Json; readonly status?: number }
  | { readonly status: number; readonly body: string; readonly type: string }
  | 'silence';

/** For tests: a real server on loopback that answers as `reply` says, and remembers what it was asked. */
export const serveIndex = async (reply: (request: Request) => Reply) => {
  const requests: Request[] = [];
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    most = Math.max(most, ++open);
    response.once('close', () => (open -= 1));
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.once('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const asked = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      requests.push(asked);
      const said = reply(asked);
      if (said === 'silence') return;
      const [text, type] = 'json' in said ? [JSON.stringify(said.json), 'application/json'] : [said.body, said.type];
      response.writeHead(said.status ?? 200, { 'content-type': type }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    requests,
    most: () => most,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** The defaults of a look that do not hold: fact and reason code, those of a warning in brackets. */
export const brokenBy = (facts: Facts, spec: Spec): readonly string[] =>
  defaults(spec).flatMap((expectation) => {
    if (evaluate({ ...expectation, source: null }, facts, new Date()).held) return [];
    const sign = explain(facts, spec).find(({ fact }) => fact === expectation.fact);
    const told = `${expectation.fact}: ${sign?.code}`;
    return [expectation.level === 'warn' ? `(${told})` : told];
  });

/** What one look at a server that always answers the same makes of a spec. */
export const lookAt = async (
  reply: Reply,
  spec: Partial<Spec>,
): Promise<{ facts: Facts; broken: readonly string[] }> => {
  const server = await serveIndex(() => reply);
  try {
    const whole = { url: `${server.url}/query`, ...spec };
    const facts = await look(whole, testContext());
    return { facts, broken: brokenBy(facts, whole) };
  } finally {
    await server.close();
  }
};

/** The `CouldNotLook` that a look ends with. */
export const troubleOf = async (promise: Promise<unknown>): Promise<CouldNotLook> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof CouldNotLook) return error;
  throw new Error(`it was no trouble: ${String(error)}`);
};
