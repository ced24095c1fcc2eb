import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Facts } from '../../../model/observation.ts';
import type { ProbeContext } from '../../probe.ts';
import { collectOutput, type Collector } from '../../process/collect-output.ts';
import { inheritedEnvironment } from '../../process/environment.ts';
import { outputText } from '../../process/output-text.ts';
import { startProgram, type Program, type ProgramEnd } from '../../process/start-program.ts';
import { untilAborted } from '../deadline.ts';
import type { Spec } from '../schema.ts';

/** A server that was started, with what it says beside the protocol. */
export type Server = Pick<Program, 'stdin' | 'stdout'> & {
  /** How it ended by itself, once what it wrote until then has come; never, when it is ended by us. */
  readonly gone: Promise<ProgramEnd>;
  readonly stderr: () => Facts;
  readonly facts: () => Facts;
  /** Closes stdin and waits as long as `brief` lets it; then ends the whole family. May be called again. */
  readonly leave: (brief: AbortSignal) => Promise<void>;
};

const STDERR_BYTES = 64 * 1024;
/** Between SIGTERM and SIGKILL. */
const GRACE_MS = 100;
/** A look has 250 ms in all to end when its time is over. */
const STOPPED_MS = 170;
/** What a program wrote may arrive a moment after it has ended. */
const DRAIN_MS = 100;

const start = (spec: Spec, { environment, folder }: ProbeContext): Promise<Program> => {
  const own = Object.entries(spec.env ?? {}).map(([name, value]): [string, string] => [name, String(value)]);
  return startProgram({
    argv: spec.command ?? [],
    cwd: resolve(folder, spec.cwd ?? '.'),
    env: { ...inheritedEnvironment(environment), ...Object.fromEntries(own) },
    stdin: 'open',
  });
};

const stderrFacts = ({ output }: Collector): Facts => {
  const { tail, size, leftOut } = output();
  if (size === 0) return {};
  return { stderr: outputText(tail, leftOut > 0 ? 'at-its-start' : 'nowhere'), 'stderr-size': size };
};

/** How the client ended a server: by closing its stdin, as the protocol asks for, or by the signal that it took. */
const endedBy = async ({ stdin, ended }: Program, brief: AbortSignal): Promise<'eof' | null> => {
  stdin?.end();
  return untilAborted(ended, brief).then(
    () => 'eof',
    () => null,
  );
};

/** Starts the program of a spec. Throws `CouldNotLook` when it cannot be started. */
export const startServer = async (spec: Spec, context: ProbeContext): Promise<Server> => {
  const program = await start(spec, context);
  const stderr = collectOutput(program.stderr, 0, STDERR_BYTES);
  const { promise: gone, resolve: tell } = Promise.withResolvers<ProgramEnd>();
  const stdoutDone = new Promise<void>((done) => void program.stdout.once('close', done));
  let facts: Facts = {};
  let left: Promise<void> | null = null;

  void program.ended.then(async (end) => {
    if (left !== null) return;
    const { exitCode, signal } = end;
    facts = { ...(exitCode === null ? {} : { 'exit-code': exitCode }), ...(signal === null ? {} : { signal }) };
    await Promise.race([Promise.all([stdoutDone, stderr.done]), sleep(DRAIN_MS)]);
    tell(end);
  });

  const end = async (brief: AbortSignal): Promise<void> => {
    const goneBefore = Object.keys(facts).length > 0;
    const by = brief.aborted || goneBefore ? null : await endedBy(program, brief);
    const ending = program.end(GRACE_MS);
    await (context.signal.aborted ? Promise.race([ending, sleep(STOPPED_MS)]) : ending);
    if (!goneBefore) {
      const last = await Promise.race([program.ended, sleep(DRAIN_MS, null)]);
      facts = { ...facts, 'ended-by': by ?? last?.signal ?? 'SIGTERM' };
    }
    stderr.stop();
    program.stdout.destroy();
    program.stdin?.destroy();
  };

  return {
    stdin: program.stdin,
    stdout: program.stdout,
    gone,
    stderr: () => stderrFacts(stderr),
    facts: () => ({ ...facts, ...stderrFacts(stderr) }),
    leave: (brief) => (left ??= end(brief)),
  };
};
