import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import process from 'node:process';

const script = (name: string): string =>
  fileURLToPath(new URL(`../../../node_modules/@modelcontextprotocol/server-${name}/dist/index.js`, import.meta.url));

/** For tests: the argv of a reference server from npm, over stdio. */
export const npmServer = (name: 'everything' | 'memory' | 'filesystem', ...args: readonly string[]): string[] => [
  process.execPath,
  script(name),
  ...(name === 'everything' ? ['stdio'] : args),
];

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** For tests: `server-everything` on a free port, over Streamable HTTP or over HTTP+SSE. */
export const startEverything = async (transport: 'streamableHttp' | 'sse') => {
  const port = await freePort();
  const child = spawn(process.execPath, [script('everything'), transport], {
    env: { PATH: process.env['PATH'], PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    const read = (text: Buffer): void => {
      if (/(?:listening|running) on port/i.test(String(text))) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error('server-everything did not start')));
  });
  return {
    url: `http://127.0.0.1:${port}/${transport === 'sse' ? 'sse' : 'mcp'}`,
    close: async (): Promise<void> => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};
