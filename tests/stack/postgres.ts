import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Certificate } from './certificates.ts';
import { findBinaries, identity, type Binaries, type Identity } from './postgres-binaries.ts';
import { ENVIRONMENT, halt, startOnFreePort } from './postgres-server.ts';

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
