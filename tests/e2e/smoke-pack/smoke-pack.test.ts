import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../../src/model/run.ts';
import { gonogo } from '../gonogo.ts';
import { startShop } from './shop.ts';
import { toldBy } from './told.ts';

/**
 * Flows as users write them, against real servers, each with what is told of it beside it: verdict and exit code, every
 * step with its outcome, reason and place, and what the server was asked. UPDATE_GOLDEN=1 writes that anew.
 */

const FLOWS = join(import.meta.dirname, 'flows');
const flows = globSync('*.yaml', { cwd: FLOWS }).toSorted();

const PASSWORD = 'canary-password';
const CANARIES = [PASSWORD, 'canary-token-of-ada', 'canary-smoke-variable'];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-smoke-pack-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Options for a flow stand in its first line: `# run: --only flow[a]`. */
const optionsOf = (text: string): readonly string[] => /^# run: (.*)$/m.exec(text)?.[1]?.split(' ') ?? [];

const runFlow = async (flow: string) => {
  const other = await startShop();
  const shop = await startShop(other.url);
  const out = join(folder, flow);
  const scratch = mkdtempSync(join(folder, 'scratch-'));
  const argv = ['run', '-q', '--no-history', '-c', join(FLOWS, flow), '--out', out];
  try {
    const ended = await gonogo([...argv, ...optionsOf(readFileSync(join(FLOWS, flow), 'utf8'))], {
      cwd: FLOWS,
      variables: {
        SHOP: shop.url,
        SHOP_PORT: String(shop.port),
        OTHER: other.url,
        PASSWORD,
        SMOKE_VARIABLE: 'canary-smoke-variable',
        SCRATCH: scratch,
      },
    });
    const files = existsSync(out) ? globSync('**/*', { cwd: out, withFileTypes: true }) : [];
    const written = files
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'));
    const run: Run | null = existsSync(join(out, 'run.json'))
      ? JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'))
      : null;
    const neutral = (text: string): string =>
      text
        .replaceAll(shop.url, 'SHOP')
        .replaceAll(other.url, 'OTHER')
        .replaceAll(`127.0.0.1:${shop.port}`, 'SHOP')
        .replaceAll(`127.0.0.1:${other.port}`, 'OTHER')
        .replaceAll(scratch, 'SCRATCH')
        .replaceAll(folder, 'FOLDER')
        .replaceAll(/\b\d{8}-\d{6}-[a-z0-9]{4}\b/g, 'RUN-ID')
        .replaceAll(/\b\d+(\.\d+)? ms\b/g, 'N ms');
    const requests = [...shop.requests, ...other.requests.map((one) => `OTHER ${one}`)];
    return { ended, run, requests, neutral, everything: [ended.stdout, ended.stderr, ...written].join('\n') };
  } finally {
    await Promise.all([shop.close(), other.close()]);
  }
};

describe.concurrent('the flow', () => {
  test.each(flows)('%s ends as is written beside it', async (flow) => {
    const { ended, run, requests, neutral, everything } = await runFlow(flow);
    const told = run === null ? `exit ${ended.exit}\n${neutral(ended.stderr)}` : toldBy(ended, run, requests, neutral);
    const golden = join(FLOWS, flow.replace(/\.yaml$/, '.txt'));
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, told);
    expect(told).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : 'there is no .txt beside the flow');
    for (const canary of CANARIES) expect(everything).not.toContain(canary);
  });
});

test('there are flows for everything that is said of scenarios', () => {
  expect(flows.length).toBeGreaterThanOrEqual(40);
});
