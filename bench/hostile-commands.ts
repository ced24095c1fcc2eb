import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { followsRedirects, isDirect, isPlainQuestion, PEER_SECONDS, rootOf } from './hostile-peer.ts';
import type { Exhibit, Finding, Peer } from './hostile-peer.ts';

const TIME = '/usr/bin/time';
const CURL = '/usr/bin/curl';
const CHECK_HTTP = '/usr/lib/nagios/plugins/check_http';

/** Runs a command to its end, or kills it; healthy is exit code 0. Peak memory is what GNU time says, where it is there. */
const timed = async (
  argv: readonly string[],
  environment: { readonly [name: string]: string },
  folder: string,
): Promise<Finding> => {
  const file = join(folder, 'peak');
  const measured = existsSync(TIME) ? [TIME, '-q', '-f', '%M', '-o', file, ...argv] : argv;
  const [command = '', ...rest] = measured;
  const startedAt = performance.now();
  const child = spawn(command, rest, {
    stdio: 'ignore',
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    timeout: (PEER_SECONDS + 2) * 1000,
    killSignal: 'SIGKILL',
  });
  await once(child, 'close');
  const ms = performance.now() - startedAt;
  const kib = existsSync(file) ? Number(readFileSync(file, 'utf8').trim()) : Number.NaN;
  rmSync(file, { force: true });
  return { healthy: child.exitCode === 0, ms, peakMib: Number.isFinite(kib) ? kib / 1024 : null };
};

/** Our header options in the tool's own words. */
const headerArguments = ({ target }: Exhibit, flag: string): readonly string[] => {
  const { headers } = target.spec;
  return typeof headers === 'object' && headers !== null
    ? Object.entries(headers).flatMap(([name, value]) => [flag, `${name}: ${String(value)}`])
    : [];
};

const writeRoot = (exhibit: Exhibit, folder: string): string | null => {
  const root = rootOf(exhibit);
  if (root === null) return null;
  const file = join(folder, 'root.pem');
  writeFileSync(file, root);
  return file;
};

/** curl as people write it in a health check: fails on errors, decodes, follows when the check follows. */
export const makeCurl = (folder: string): Peer | null =>
  existsSync(CURL)
    ? {
        name: 'curl',
        close: async () => {},
        look: async (exhibit) => {
          if (!isPlainQuestion(exhibit)) return null;
          const { spec, url, environment } = exhibit.target;
          const root = writeRoot(exhibit, folder);
          const argv = [
            ...[CURL, '-q', '-sS', '-f', '-o', '/dev/null', '--max-time', String(PEER_SECONDS)],
            ...(typeof spec['headers'] === 'object' ? [] : ['--compressed']),
            ...(followsRedirects(exhibit) ? ['-L', '--max-redirs', '10'] : []),
            ...(spec['method'] === 'HEAD' ? ['-I'] : []),
            ...(spec['http2'] === true ? ['--http2-prior-knowledge'] : []),
            ...(typeof spec['body'] === 'string' ? ['--data-raw', spec['body']] : []),
            ...(typeof spec['connect-to'] === 'string' ? ['--connect-to', `::${spec['connect-to']}`] : []),
            ...(root === null ? [] : ['--cacert', root]),
            ...headerArguments(exhibit, '-H'),
            url,
          ];
          return timed(argv, environment, folder);
        },
      }
    : null;

/** check_http of the monitoring plugins, with its own defaults. */
export const makeCheckHttp = (folder: string): Peer | null =>
  existsSync(CHECK_HTTP)
    ? {
        name: 'check_http',
        close: async () => {},
        look: async (exhibit) => {
          if (!isPlainQuestion(exhibit) || !isDirect(exhibit)) return null;
          const { hostname, port, pathname, search, protocol } = new URL(exhibit.target.url);
          const argv = [
            ...[CHECK_HTTP, '-H', hostname, '-p', port, '-u', `${pathname}${search}`, '-t', String(PEER_SECONDS)],
            ...(protocol === 'https:' ? ['-S', '--sni'] : []),
            ...(followsRedirects(exhibit) ? ['-f', 'follow'] : []),
            ...(exhibit.target.spec['method'] === 'HEAD' ? ['-j', 'HEAD'] : []),
            ...headerArguments(exhibit, '-k'),
          ];
          return timed(argv, {}, folder);
        },
      }
    : null;
