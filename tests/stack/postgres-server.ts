import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { MOVED_CLOCK } from '../moved-clock.ts';
import { listen } from './listen.ts';
import type { Binaries, Identity } from './postgres-binaries.ts';

/** What the programs of Postgres get of our environment: no settings of the person who runs the tests. */
export const ENVIRONMENT = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC', ...MOVED_CLOCK };

const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
};

/**
 * Ends Postgres at the word `stop`, and when our end of the pipe is closed without one: then the test run was killed,
 * and the files are removed here too.
 */
const GUARD = `
  exec 3<&0
  ( read -r word <&3
    kill -INT $$ 2>/dev/null
    [ "$word" = stop ] && exit
    turns=0
    while [ -e "$0/data/postmaster.pid" ] && [ $turns -lt 100 ]; do sleep 0.05; turns=$((turns + 1)); done
    rm -rf "$0" ) &
  exec "$@" 3<&- </dev/null
`;

const launch = ({ postgres }: Binaries, folder: string, port: number, who: Identity): ChildProcess => {
  const command = [postgres, '-D', join(folder, 'data'), '-p', String(port)];
  const options: SpawnOptions = { ...who, env: ENVIRONMENT, stdio: ['pipe', 'ignore', 'pipe'] };
  return process.platform === 'win32'
    ? spawn(postgres, command.slice(1), options)
    : spawn('/bin/sh', ['-c', GUARD, folder, ...command], options);
};

/** Resolves once connections are accepted; rejects with the log when Postgres ends instead. */
const ready = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let log = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-4096);
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`Postgres did not start:\n${log}`)));
  });

/** Stops a server and waits until it is gone. */
export const halt = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.stdin?.end('stop\n');
  server.kill('SIGINT');
  await gone;
};

const TRIES = 3;

/** Starts a server on a free port. Between finding a port and taking it somebody else may take it: then another is tried. */
export const startOnFreePort = async (binaries: Binaries, folder: string, who: Identity) => {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const server = launch(binaries, folder, port, who);
    try {
      await ready(server);
      return { server, port };
    } catch (error) {
      await halt(server);
      if (attempt === TRIES || !String(error).includes('Address already in use')) throw error;
    }
  }
};
