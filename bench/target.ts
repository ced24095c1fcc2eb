// The target of benchmarks: answers a small health body, at once or after as many milliseconds as the argument says,
// over TLS with `tls` behind it. Prints its address, serves until stopped. `/took` answers how long its own answers took, so that a target that could
// not keep up is not taken for a prober that cannot measure.
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { listen } from '../tests/stack/listen.ts';

const body = JSON.stringify({ status: 'pass', version: '1.4.2', checks: { database: [{ status: 'pass' }] } });
const delayMs = Number(process.argv[2] ?? 0);
let took: number[] = [];

const answer = (response: ServerResponse, text: string): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(text);
};

const serve: RequestListener = (request, response) => {
  if (request.url === '/took') {
    answer(response, JSON.stringify(took));
    took = [];
  } else if (delayMs === 0) answer(response, body);
  else {
    const askedAt = performance.now();
    setTimeout(() => {
      answer(response, body);
      took.push(performance.now() - askedAt);
    }, delayMs);
  }
};

const overTls = process.argv[3] === 'tls';
const makeServer = async () => {
  if (!overTls) return createServer(serve);
  const { makeCertificate } = await import('../tests/stack/certificates.ts');
  return createTlsServer(await makeCertificate({ authority: null, names: ['127.0.0.1'] }), serve);
};
console.log(`${overTls ? 'https' : 'http'}://127.0.0.1:${await listen(await makeServer())}`);
