import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '../tests/stack/listen.ts';
import { followsRedirects, isDirect, isPlainQuestion, PEER_SECONDS, rootOf } from './hostile-peer.ts';
import type { Exhibit, Peer } from './hostile-peer.ts';

const EXPORTER = '/usr/bin/prometheus-blackbox-exporter';

const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const moduleOf = (name: string, follow: boolean, method: string, root: string | null): string =>
  [
    `  ${name}:`,
    '    prober: http',
    `    timeout: ${PEER_SECONDS}s`,
    '    http:',
    `      method: ${method}`,
    `      follow_redirects: ${follow}`,
    '      preferred_ip_protocol: ip4',
    ...(root === null ? [] : [`      tls_config: { ca_file: ${root} }`]),
  ].join('\n');

const nameOf = (exhibit: Exhibit): string =>
  [
    followsRedirects(exhibit) ? 'follow' : 'stay',
    exhibit.target.spec['method'] === 'HEAD' ? 'head' : 'get',
    rootOf(exhibit) === null ? 'system' : 'root',
  ].join('_');

const configText = (root: string): string =>
  ['modules:']
    .concat(
      ['follow', 'stay'].flatMap((follow) =>
        ['get', 'head'].flatMap((method) =>
          ['system', 'root'].map((trust) =>
            moduleOf(
              `${follow}_${method}_${trust}`,
              follow === 'follow',
              method.toUpperCase(),
              trust === 'root' ? root : null,
            ),
          ),
        ),
      ),
    )
    .join('\n');

/** The highest memory of a process since `forget`, in MiB; null where the system does not tell. */
const memoryOf = (pid: number) => ({
  forget: (): void => {
    try {
      writeFileSync(`/proc/${pid}/clear_refs`, '5');
    } catch {
      // Without the right to forget, the highest memory so far is told.
    }
  },
  peakMib: (): number | null => {
    const [, kib] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kib === undefined ? null : Number(kib) / 1024;
  },
});

/** blackbox_exporter, asked over HTTP as Prometheus does. `trusted` is the root that checks with one of their own trust. */
export const makeBlackbox = async (folder: string, trusted: string): Promise<Peer | null> => {
  if (!existsSync(EXPORTER)) return null;
  const root = join(folder, 'blackbox-root.pem');
  const config = join(folder, 'blackbox.yml');
  writeFileSync(root, trusted);
  writeFileSync(config, configText(root));
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(EXPORTER, [`--config.file=${config}`, `--web.listen-address=${address}`], { stdio: 'ignore' });
  for (let tries = 0; tries < 50; tries += 1) {
    if (
      await fetch(`http://${address}/-/healthy`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    await sleep(100);
  }
  const memory = memoryOf(child.pid ?? 0);
  return {
    name: 'blackbox',
    close: async () => {
      const closed = once(child, 'close');
      child.kill();
      await closed;
    },
    look: async (exhibit) => {
      const wanted = rootOf(exhibit);
      if (!isPlainQuestion(exhibit) || !isDirect(exhibit) || (wanted !== null && wanted !== trusted)) return null;
      const query = new URLSearchParams({ target: exhibit.target.url, module: nameOf(exhibit) });
      memory.forget();
      const startedAt = performance.now();
      const text = await fetch(`http://${address}/probe?${query}`, {
        headers: { 'X-Prometheus-Scrape-Timeout-Seconds': String(PEER_SECONDS + 0.5) },
        signal: AbortSignal.timeout((PEER_SECONDS + 3) * 1000),
      }).then(
        (response) => response.text(),
        () => '',
      );
      const ms = performance.now() - startedAt;
      return { healthy: /^probe_success 1$/m.test(text), ms, peakMib: memory.peakMib() };
    },
  };
};
