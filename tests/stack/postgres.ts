import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Certificate } from './certificates.ts';
import { listen } from './listen.ts';
import { findBinaries, identity, type Binaries, type Identity } from './postgres-binaries.ts';

/** A running Postgres. Whatever is in it dies with it. */
export type Postgres = {
  readonly port: number;
  /** `postgres://user:password@127.0.0.1:port/database`; without a user the superuser, who needs no password. */
  readonly url: (database?: string, user?: string, password?: string) => string;
  /** Runs statements as the superuser and answers the rows of the last one. */
  readonly run: (sql: string, database?: string) => Promise<readonly { readonly [column: string]: unknown }[]>;
  readonly close: () => Promise<void>;
};

export type PostgresOptions = {
  /** Speaks TLS with it. */
  readonly certificate?: Certificate;
  /** Lines of pg_hba.conf before the usual ones: the superuser is trusted, everybody else has a password. */
  readonly access?: readonly string[];
  readonly settings?: { readonly [name: string]: string };
};

const SUPERUSER = 'postgres';

/** Nothing here has to survive anything, so nothing is waited for. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '16MB',
  max_connections: '30',
  autovacuum: 'off',
  logging_collector: 'off',
};

const ACCESS = [`host all ${SUPERUSER} 127.0.0.1/32 trust`, 'host all all 127.0.0.1/32 scram-sha-256'];

const ENVIRONMENT = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };

const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
};

const initialise = ({ initdb }: Binaries, data: string, who: Identity): void => {
  const options = ['--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  const made = spawnSync(initdb, ['-D', data, '-U', SUPERUSER, ...options], {
    ...who,
    env: ENVIRONMENT,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || String(made.error)}`);
};

/** Writes a file that belongs to who runs Postgres: it refuses a key that others can read. */
const writeOwn = (path: string, text: string, { uid, gid }: Identity): void => {
  writeFileSync(path, text);
  chmodSync(path, 0o600);
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
};

const configure = (data: string, { certificate, access = [], settings = {} }: PostgresOptions, who: Identity): void => {
  writeOwn(join(data, 'pg_hba.conf'), `${[...access, ...ACCESS].join('\n')}\n`, who);
  if (certificate !== undefined) {
    writeOwn(join(data, 'server.crt'), certificate.chain, who);
    writeOwn(join(data, 'server.key'), certificate.key, who);
  }
  const all = { ...SETTINGS, ...(certificate === undefined ? {} : { ssl: 'on' }), ...settings };
  const lines = Object.entries(all).map(([name, value]) => `${name} = '${value}'`);
  writeOwn(join(data, 'postgresql.auto.conf'), `${lines.join('\n')}\n`, who);
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

const TRIES = 3;

/** Between finding a port and taking it somebody else may take it. */
const startOnFreePort = async (binaries: Binaries, folder: string, who: Identity) => {
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

const halt = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.stdin?.end('stop\n');
  server.kill('SIGINT');
  await gone;
};

const runAs = async (url: string, sql: string) => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const results = [await client.query(sql)].flat();
    return results.at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
};

/**
 * Starts a Postgres of its own on a free port of loopback: in a temporary folder, without a socket in the file system,
 * as somebody else when we are root. Takes about a second. Ends with `close`, and with the process that started it.
 */
export const startPostgres = async (options: PostgresOptions = {}): Promise<Postgres> => {
  const who = identity();
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-postgres-'));
  if (who.uid !== undefined && who.gid !== undefined) chownSync(folder, who.uid, who.gid);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const binaries = await findBinaries(who, folder);
    const data = join(folder, 'data');
    initialise(binaries, data, who);
    configure(data, options, who);
    const { server, port } = await startOnFreePort(binaries, folder, who);
    const url = (database = SUPERUSER, user = SUPERUSER, password = ''): string =>
      `postgres://${user}${password === '' ? '' : `:${encodeURIComponent(password)}`}@127.0.0.1:${port}/${database}`;
    return {
      port,
      url,
      run: (sql, database) => runAs(url(database), sql),
      close: async () => {
        await halt(server);
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
};
