import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { Facts } from '../../model/observation.ts';
import { showDuration } from '../../matchers/units.ts';
import { collectOutput, type Output } from '../process/collect-output.ts';
import { startProgram, type Program } from '../process/start-program.ts';
import { CouldNotLook, type Look, type ProbeContext } from '../probe.ts';
import { redactingCuts } from './cut-secrets.ts';
import { newEvidence, type Evidence } from './keep-evidence.ts';
import { markedLines } from './marked-lines.ts';
import { makeOrder, type Order } from './order.ts';
import { NO_RESULTS, resultsAfter, type Results } from './results.ts';
import type { Spec } from './schema.ts';
import { testFacts, withSilentFaults } from './spec-facts.ts';

/** A look has 250 ms to end when its time is over. */
const GRACE_MS = 100;
const STDERR_BYTES = 4096;
const MOST_RUNNING = 3;

/** Paths as they are read in the folder of the check. */
const shortened = (text: string, folder: string): string => text.replaceAll(`${folder}${sep}`, '');

type Seen = { results: Results };

/** Reads what the reporter tells while the specs run; what a failed try left is kept at once, lest the time is over. */
const readResults = async (
  program: Program,
  mark: string,
  seen: Seen,
  evidence: Evidence,
  { tell, redact, signal }: Pick<ProbeContext, 'tell' | 'redact' | 'signal'>,
): Promise<void> => {
  for await (const line of markedLines(program.stdout, mark)) {
    const before = seen.results;
    seen.results = resultsAfter(before, line, redact);
    const { tests, found, running } = seen.results;
    const test = [...tests.values()].find((one) => one !== before.tests.get(one.id));
    if (test?.outcome === 'failed' && !signal.aborted) await evidence.add(test);
    const [current] = running.values();
    tell(`${tests.size} of ${found ?? '?'} tests ended${current === undefined ? '' : `; ${current} runs`}`);
  }
};

/** No browser could be started for any test: that tells nothing of what they are about. */
const browserFailure = ({ tests }: Results): string | null => {
  const failed = [...tests.values()].filter(({ outcome }) => outcome === 'failed');
  const isOurs = failed.length > 0 && failed.every(({ error }) => /^(Error: )?browserType\.launch/.test(error ?? ''));
  return isOurs ? (failed[0]?.message ?? null) : null;
};

const stopped = ({ results }: Seen, facts: Facts, { signal, timeoutMs }: ProbeContext): CouldNotLook => {
  const late = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
  const why = late ? `the specs did not end within ${showDuration(timeoutMs)}` : 'the specs were ended';
  const running = [...results.running.values()].slice(0, MOST_RUNNING).join(', ');
  const ended = `${results.tests.size} of ${results.found ?? 'no'} tests had ended`;
  const message = `${why}: ${ended}${running === '' ? '' : `, under way was ${running}`}`;
  return new CouldNotLook(late ? 'timeout' : 'cancelled', message, facts, { cause: signal.reason });
};

/** What the runner said; where something is left out, whole lines are, lest the half of a secret stays. */
const saidText = ({ head, tail, leftOut }: Output): string => {
  if (leftOut === 0) return `${head.toString('utf8')}${tail.toString('utf8')}`.trim();
  const [first, last] = [head.toString('utf8').replace(/[^\n]*$/, ''), tail.toString('utf8').replace(/^[^\n]*/, '')];
  return `${first}[...]${last}`.trim();
};

const run = async (order: Order, spec: Spec, mark: string, context: ProbeContext): Promise<Facts> => {
  const { signal, monotonicMs, folder } = context;
  const startedMs = monotonicMs();
  const redact = redactingCuts(context.redact, Object.values(spec.env ?? {}).map(String));
  const evidence = newEvidence(order.pictures, context.keep, redact);
  const seen: Seen = { results: NO_RESULTS };
  const program = await startProgram({ argv: order.argv, cwd: folder, env: order.env, stdin: 'nothing' });
  const onAbort = (): void => void program.end(GRACE_MS);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const said = collectOutput(program.stderr, STDERR_BYTES, STDERR_BYTES);
    await readResults(program, mark, seen, evidence, { ...context, redact: (text) => shortened(redact(text), folder) });
    const { exitCode, signal: endedBy } = await program.ended;
    if (!signal.aborted) seen.results = withSilentFaults(seen.results, order.specs, spec.grep !== undefined);
    const stderr = redact(saidText(said.output()));
    const facts: Facts = {
      ...testFacts(seen.results, evidence, folder),
      ...(stderr === '' ? {} : { stderr }),
      ...(exitCode === null ? {} : { 'exit-code': exitCode }),
      ...(endedBy === null ? {} : { signal: endedBy }),
      duration: Math.round(monotonicMs() - startedMs),
    };
    if (signal.aborted) throw stopped(seen, facts, context);
    const browser = browserFailure(seen.results);
    if (browser !== null) throw new CouldNotLook('browser-missing', browser, facts);
    return facts;
  } finally {
    signal.removeEventListener('abort', onAbort);
    await program.end(GRACE_MS);
    for (const stream of [program.stdout, program.stderr]) stream.destroy();
  }
};

/** Runs the specs with Playwright's own runner; nothing that it started is left running, and no file of its own left. */
export const look: Look<Spec> = async (spec, context) => {
  context.signal.throwIfAborted();
  const work = await mkdtemp(join(tmpdir(), 'gonogo-playwright-'));
  const mark = `gonogo-${randomUUID()} `;
  try {
    const order = await makeOrder(spec, context, work, mark);
    context.signal.throwIfAborted();
    return await run(order, spec, mark, context);
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
  }
};
