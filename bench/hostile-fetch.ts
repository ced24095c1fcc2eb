// A process that asks with Node's own `fetch`, one target a line on stdin, and prints one finding a line.
import { createInterface } from 'node:readline';
import { peakMib } from '../tests/hostile/peak.ts';
import { PEER_SECONDS, type Finding } from './hostile-peer.ts';

/** What `fetch` is asked. */
export type FetchOrder = { readonly url: string; readonly follow: boolean; readonly method: string };

const isHealthy = async ({ url, follow, method }: FetchOrder): Promise<boolean> => {
  try {
    const signal = AbortSignal.timeout(PEER_SECONDS * 1000);
    const response = await fetch(url, { method, redirect: follow ? 'follow' : 'manual', signal });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  const startedAt = performance.now();
  const healthy = await isHealthy(JSON.parse(line));
  const finding: Finding = { healthy, ms: performance.now() - startedAt, peakMib: peakMib() };
  process.stdout.write(`${JSON.stringify(finding)}\n`);
}
