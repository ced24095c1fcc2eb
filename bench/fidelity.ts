// Fidelity: whether what is reported of a target is the target's own time. Two hundred checks in flight are held against
// a single idle one, and our phases against those of `curl -w`. Run with `npm run bench -- fidelity`.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { isJsonObject, type Json, type JsonObject } from '../src/model/json.ts';
import type { PlannedCheck } from '../src/plan/plan.ts';
import { preloadKinds } from '../src/probes/preload.ts';
import { lookAt, plannedFrom } from '../tests/hostile/look.ts';
import { median, percentile } from './measure.ts';

const ANSWER_MS = 50;
const IN_FLIGHT = 200;
const LOOKS = 2000;
const IDLE_LOOKS = 40;
const ROUNDS = 5;
const PAIRS = 25;
const CURL = '/usr/bin/curl';

type Times = { readonly [phase: string]: number };

const startTarget = async (...more: readonly string[]) => {
  const argv = ['bench/fidelity-target.ts', String(ANSWER_MS), ...more];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').once('data', (line: string) => resolve(line.trim()));
  });
  return { url, stop: () => child.kill() };
};

const numbersOf = (value: Json | undefined): Times =>
  isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).flatMap(([name, one]) => (typeof one === 'number' ? [[name, one]] : [])))
    : {};

const timesOf = async (check: PlannedCheck): Promise<Times> => {
  const { outcome, facts } = await lookAt(check);
  if (outcome !== 'pass') throw new Error(`the target is not well: ${outcome}`);
  return { ...numbersOf(facts['timings']), ...numbersOf({ duration: facts['duration'] ?? null }) };
};

const idle = async (check: PlannedCheck): Promise<readonly Times[]> => {
  const seen: Times[] = [];
  while (seen.length < IDLE_LOOKS) seen.push(await timesOf(check));
  return seen;
};

const busy = async (check: PlannedCheck): Promise<readonly Times[]> => {
  const seen: Times[] = [];
  let begun = 0;
  const worker = async (): Promise<void> => {
    while (begun < LOOKS) {
      begun += 1;
      seen.push(await timesOf(check));
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return seen;
};

const column = (seen: readonly Times[], phase: string): readonly number[] =>
  seen.flatMap((times) => times[phase] ?? []);

const ms = (value: number): string => `${value.toFixed(1).padStart(7)} ms`;

const show = (name: string, cells: readonly string[]): void => console.log(`  ${name.padEnd(34)}${cells.join('  ')}`);

/** What bare sockets see, from a process of their own. */
const bare = async (url: string): Promise<readonly number[]> => {
  const argv = ['bench/fidelity-raw.ts', url, String(IN_FLIGHT), String(LOOKS)];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { maxBuffer: 2 ** 24 });
  const times: readonly number[] = JSON.parse(stdout);
  return times;
};

/** The middle of several rounds: another process that wants the machine for a moment spoils one of them only. */
const middle = (rounds: readonly (readonly number[])[], share: number): number =>
  median(rounds.map((times) => percentile(times, share)));

const compareLoads = async (): Promise<void> => {
  const target = await startTarget();
  try {
    const check = await plannedFrom({ http: `${target.url}/`, expect: { '$.status': 'pass' } });
    await busy(check);
    const rounds: { readonly [what in 'alone' | 'crowd' | 'sockets']: readonly number[] }[] = [];
    while (rounds.length < ROUNDS) {
      const alone = column(await idle(check), 'wait');
      const sockets = await bare(target.url);
      rounds.push({ alone, sockets, crowd: column(await busy(check), 'wait') });
    }
    console.log(`\n${IN_FLIGHT} checks in flight, a constant answer of ${ANSWER_MS} ms, median of ${ROUNDS} rounds`);
    show('time to the first byte', ['       p50', '       p99', '  p50 against idle', '  p99 against idle']);
    const ofAll = (what: 'alone' | 'crowd' | 'sockets', share: number): number =>
      middle(
        rounds.map((round) => round[what]),
        share,
      );
    for (const [what, name] of [
      ['alone', 'a single idle probe'],
      ['sockets', `${IN_FLIGHT} bare sockets`],
      ['crowd', `${IN_FLIGHT} checks in flight`],
    ] as const) {
      const ratios = [0.5, 0.99].map((share) => ofAll(what, share) / ofAll('alone', share));
      show(name, [
        ...[0.5, 0.99].map((share) => ms(ofAll(what, share))),
        ...ratios.map((ratio) => `${ratio.toFixed(2).padStart(17)}x`),
      ]);
    }
    console.log("  (goal: within 1.10; what bare sockets see too is the machine's and the target's, not the prober's)");
  } finally {
    target.stop();
  }
};

const CURL_PHASES = ['connect', 'appconnect', 'pretransfer', 'starttransfer', 'total'] as const;

/** The phases of curl by our names, in milliseconds. */
const curlTimes = async (url: string): Promise<Times> => {
  const format = CURL_PHASES.map((phase) => `%{time_${phase}}`).join(' ');
  const { stdout } = await promisify(execFile)(CURL, ['-q', '-k', '-s', '-o', '/dev/null', '-w', format, url]);
  const [connect = 0, tls = 0, before = 0, first = 0, total = 0] = stdout.split(' ').map((text) => Number(text) * 1000);
  return { connect, ...(tls > 0 ? { tls: tls - connect } : {}), wait: first - before, total };
};

const compareWithCurl = async (name: string, ...more: readonly string[]): Promise<void> => {
  const target = await startTarget(...more);
  try {
    const spec: JsonObject = { url: `${target.url}/`, tls: { verify: false } };
    const check = await plannedFrom({ http: spec });
    const ours: Times[] = [];
    const theirs: Times[] = [];
    await timesOf(check);
    for (let pair = 0; pair < PAIRS; pair += 1) {
      ours.push(await timesOf(check));
      theirs.push(await curlTimes(`${target.url}/`));
    }
    console.log(`\n${name}: median of ${PAIRS} in turn with curl -w`);
    show('', ['    gonogo', '      curl', '  difference']);
    for (const phase of ['connect', 'tls', 'wait', 'total']) {
      const [one, other] = [median(column(ours, phase)), median(column(theirs, phase))];
      if (Number.isNaN(one) || Number.isNaN(other)) continue;
      const fine = Math.abs(one - other) <= Math.max(5, other * 0.1);
      show(phase, [ms(one), ms(other), ms(one - other), fine ? '' : 'over 5 ms and 10 %']);
    }
  } finally {
    target.stop();
  }
};

await preloadKinds(['http']);
await compareLoads();
if (existsSync(CURL)) {
  await compareWithCurl('Over HTTP');
  await compareWithCurl('Over TLS', 'tls');
} else console.log('\n(curl is not installed: its timings are left out)');
