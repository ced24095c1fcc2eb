import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FetchOrder } from './hostile-fetch.ts';
import { followsRedirects, isDirect, isPlainQuestion, rootOf } from './hostile-peer.ts';
import type { Finding, Peer } from './hostile-peer.ts';

/** Node's own `fetch`, in a process of its own that trusts the same root. Its memory is that of the whole process. */
export const makeFetch = async (folder: string, trusted: string): Promise<Peer> => {
  const root = join(folder, 'fetch-root.pem');
  writeFileSync(root, trusted);
  const child = spawn(process.execPath, ['bench/hostile-fetch.ts'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'] ?? '', NODE_EXTRA_CA_CERTS: root },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    name: 'fetch',
    close: async () => {
      const closed = once(child, 'close');
      child.stdin.end();
      await closed;
    },
    look: async (exhibit) => {
      const wanted = rootOf(exhibit);
      if (!isPlainQuestion(exhibit) || !isDirect(exhibit) || (wanted === null && exhibit.behaviour.row === 'T1')) {
        return null;
      }
      const { method } = exhibit.target.spec;
      const order: FetchOrder = {
        url: exhibit.target.url,
        follow: followsRedirects(exhibit),
        method: typeof method === 'string' ? method : 'GET',
      };
      child.stdin.write(`${JSON.stringify(order)}\n`);
      const { value, done } = await lines.next();
      if (done === true) return null;
      const finding: Finding = JSON.parse(value);
      return finding;
    },
  };
};
