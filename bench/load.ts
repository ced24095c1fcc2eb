import { parse } from 'yaml';
import { loadConfig } from '../src/config/load-config.ts';
import type { LoadPorts } from '../src/config/ports.ts';
import { median } from './measure.ts';

/** How long 10,000 checks take to load and validate, beside what `yaml` takes to parse the same text. */

const CHECKS = 10_000;
const ROUNDS = 5;

const check = (at: number): string => `  service-${at}-health:
    title: Service ${at} answers
    component: component-${at % 50}
    tags: [smoke, tier-${at % 5}]
    http: { url: "\${vars.base}/services/${at}/health", headers: { accept: application/json } }
    expect: { status: 200, "$.status": pass }
    warn: { duration: { below: 300ms } }
    ${at % 10 === 0 ? 'timeout: 5s' : `needs: [service-${at - (at % 10)}-health]`}
`;

const component = (at: number): string => `  component-${at}: { owner: platform, runbook: ops.md#component-${at} }\n`;

const text = [
  'version: 1\nvars: { base: https://api.example.com }\nowners: { platform: {} }\n',
  `components:\n${Array.from({ length: 50 }, (_, at) => component(at)).join('')}`,
  `checks:\n${Array.from({ length: CHECKS }, (_, at) => check(at)).join('')}`,
].join('');

const ports: LoadPorts = {
  readText: async () => ({ ok: true, text }),
  glob: async () => [],
  environment: {},
  readSecretFile: async () => ({ ok: false, reason: 'does not exist' }),
  hashFile: async () => null,
  verifySignature: async () => 'nothing is signed',
  uuid: () => '',
  runId: 'bench',
  workingDirectory: '/',
};

const load = async (): Promise<void> => {
  const loaded = await loadConfig({ file: 'gonogo.yaml', environment: null, strict: true }, ports);
  if (!loaded.ok || loaded.config.checks.length !== CHECKS) throw new Error('the configuration did not load');
};

const measure = async (work: () => unknown): Promise<{ readonly first: number; readonly median: number }> => {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return { first: times[0] ?? Number.NaN, median: median(times) };
};

const show = (name: string, { first, median }: { readonly first: number; readonly median: number }): void =>
  console.log(`${name.padEnd(44)} ${median.toFixed(0).padStart(6)} ms  (first round ${first.toFixed(0)} ms)`);

console.log(`${CHECKS} checks, ${(text.length / 1024 ** 2).toFixed(1)} MiB, median of ${ROUNDS} rounds`);
show('gonogo: parse, fill, check and resolve', await measure(load));
show('yaml: parse alone', await measure(() => parse(text)));
show('yaml: parse alone, duplicate keys unchecked', await measure(() => parse(text, { uniqueKeys: false })));
