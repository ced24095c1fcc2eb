// The target of benchmarks: answers a small health body at once. Prints its address, serves until stopped.
import { createServer } from 'node:http';
import { listen } from '../tests/stack/listen.ts';

const body = JSON.stringify({ status: 'pass', version: '1.4.2', checks: { database: [{ status: 'pass' }] } });
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
});
console.log(`http://127.0.0.1:${await listen(server)}`);
