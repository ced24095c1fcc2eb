// What bare sockets see of the target of the fidelity benchmark: as many at once as the second argument says, a look each
// as the third. Nothing is parsed, and nothing is judged. Prints the milliseconds from connect to first byte as JSON.
import { connect } from 'node:net';

const [url = '', inFlight = '', looks = ''] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const request = Buffer.from(`GET / HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);

const look = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let sentAt = 0;
    socket.once('error', reject);
    socket.once('connect', () => {
      sentAt = performance.now();
      socket.write(request);
    });
    socket.once('data', () => {
      resolve(performance.now() - sentAt);
      socket.destroy();
    });
  });

const times: number[] = [];
let begun = 0;
const worker = async (): Promise<void> => {
  while (begun < Number(looks)) {
    begun += 1;
    times.push(await look());
  }
};
await Promise.all(Array.from({ length: Number(inFlight) }, worker));
console.log(JSON.stringify(times));
