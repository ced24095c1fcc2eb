import { resolve } from 'node:path';
import type { Facts } from '../../model/observation.ts';
import { showDuration } from '../../matchers/units.ts';
import { CouldNotLook, type Look, type ProbeContext } from '../probe.ts';
import { collectOutput } from '../process/collect-output.ts';
import { inheritedEnvironment } from '../process/environment.ts';
import { startProgram, type Program, type ProgramEnd } from '../process/start-program.ts';
import { argvOf } from './argv.ts';
import { artifactFacts, snapshot } from './artifacts.ts';
import { END_BYTES, JSON_BYTES, jsonFacts, outputFacts } from './output-facts.ts';
import { lastWords } from './last-words.ts';
import { endInTime, HOLDER, leftBehind, leftFacts, type Running } from './left-behind.ts';
import type { Spec } from './schema.ts';

/** Between SIGTERM and SIGKILL; a look has 250 ms in all to end when its time is over. */
const GRACE_MS = 100;

const start = async (spec: Spec, cwd: string, { environment, asked }: ProbeContext): Promise<Running> => {
  const own = Object.entries(spec.env ?? {}).map(([name, value]): [string, string] => [name, String(value)]);
  const program = await startProgram({
    argv: argvOf(spec),
    cwd,
    env: { ...inheritedEnvironment(environment), ...Object.fromEntries(own) },
    stdin: spec.stdin === undefined ? 'nothing' : 'open',
  });
  program.stdin?.end(spec.stdin);
  const asksJson = asked.some((fact) => fact === 'json' || fact.startsWith('$'));
  return {
    program,
    stdout: collectOutput(program.stdout, asksJson ? JSON_BYTES : END_BYTES, END_BYTES),
    stderr: collectOutput(program.stderr, END_BYTES, END_BYTES),
  };
};

/** How the program ended; null when it was told to stop before. */
const untilEnd = async ({ ended }: Program, signal: AbortSignal): Promise<ProgramEnd | null> => {
  const { promise, resolve: stop } = Promise.withResolvers<null>();
  const onAbort = (): void => stop(null);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  return Promise.race([promise, ended]).finally(() => signal.removeEventListener('abort', onAbort));
};

const endFacts = ({ exitCode, signal }: ProgramEnd): Facts => ({
  ...(exitCode === null ? {} : { 'exit-code': exitCode }),
  ...(signal === null ? {} : { signal }),
});

const saidFacts = ({ stdout, stderr }: Running, asked: readonly string[]): Facts => ({
  ...outputFacts('stdout', stdout.output(), asked),
  ...outputFacts('stderr', stderr.output(), asked),
});

/** Ends everything, as it must when the time is over. What was said so far is the evidence of what it was doing. */
const stopped = async (running: Running, context: ProbeContext, startedMs: number): Promise<CouldNotLook> => {
  const { signal, timeoutMs, asked, monotonicMs } = context;
  const duration = monotonicMs() - startedMs;
  const alive = await endInTime(running, GRACE_MS);
  const facts = { ...saidFacts(running, asked), ...(alive.length === 0 ? {} : leftFacts(alive, alive)), duration };
  const late = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
  const why = late
    ? `did not end within ${showDuration(timeoutMs)} and was ended`
    : 'was ended, because the run stopped';
  const rest = alive.length === 0 ? '' : `, ${alive.map(({ name }) => name).join(', ')} could not be`;
  const message = `the command ${why}${rest}${lastWords(facts)}`;
  return new CouldNotLook(late ? 'timeout' : 'cancelled', message, facts, { cause: signal.reason });
};

/** Runs the program to its end and looks at what it said and wrote; nothing that it started is left running. */
export const look: Look<Spec> = async (spec, context) => {
  const { signal, monotonicMs, asked } = context;
  const cwd = resolve(context.folder, spec.cwd ?? '.');
  const before = await snapshot(spec.artifacts ?? [], cwd, signal);
  signal.throwIfAborted();
  const startedMs = monotonicMs();
  const running = await start(spec, cwd, context);
  const { program, stdout, stderr } = running;
  try {
    const end = await untilEnd(program, signal);
    if (end === null) throw await stopped(running, context, startedMs);
    const duration = monotonicMs() - startedMs;
    const left = await leftBehind(running, signal);
    const alive = [...(await program.end(GRACE_MS)), ...left.filter((one) => one === HOLDER)];
    return {
      ...endFacts(end),
      ...saidFacts(running, asked),
      ...jsonFacts(stdout.output()),
      ...(spec.artifacts === undefined ? {} : artifactFacts(before, await snapshot(spec.artifacts, cwd, signal))),
      ...leftFacts(left, alive),
      duration,
    };
  } finally {
    for (const stream of [stdout, stderr]) stream.stop();
    program.stdin?.destroy();
    const ending = program.end(GRACE_MS);
    if (signal.aborted) ending.catch(() => {});
    else await ending;
  }
};
