import { delimiter, extname, join } from 'node:path';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { showDuration } from '../../matchers/units.ts';
import { printable } from '../engine/printable.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { collectOutput, type Collector } from '../process/collect-output.ts';
import { inheritedEnvironment } from '../process/environment.ts';
import { startProgram, type Program } from '../process/start-program.ts';
import { memoryOf } from './memory.ts';
import { readTold, type Order, type VisitEnd } from './order.ts';

/** A look has 250 ms to end when its time is over. */
const GRACE_MS = 100;
/** How long a browser that has done its work may take to end. */
const CLOSE_MS = 1000;
const MOST_MEMORY = 1.5 * 1024 ** 3;
const LOOK_AFTER_MS = 200;
const STDERR_BYTES = 4096;

const DRIVER = fileURLToPath(new URL(`./driver/main${extname(import.meta.filename)}`, import.meta.url));

/** What the driver and the browser get: a home and a place for temporary files that are removed after the visit. */
const environmentOf = ({ environment }: ProbeContext, { folder }: Order): { readonly [name: string]: string } => {
  const inherited = inheritedEnvironment(environment);
  const path = [join(folder, 'bin'), inherited['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'].join(delimiter);
  return { ...inherited, HOME: folder, TMPDIR: folder, PATH: path };
};

const lastWords = (stderr: Collector): string => {
  const { head, tail } = stderr.output();
  const lines = `${head.toString('utf8')}${tail.toString('utf8')}`.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.find((line) => /error|fatal/i.test(line)) ?? lines.at(-1);
  return telling === undefined ? '' : `: ${printable(telling.trim(), 200)}`;
};

const stopped = ({ signal, timeoutMs }: ProbeContext): CouldNotLook => {
  const late = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
  return late
    ? new CouldNotLook('timeout', `the visit did not end within ${showDuration(timeoutMs)}`)
    : new CouldNotLook('cancelled', 'the visit was ended, because the run stopped');
};

const hungry = (): CouldNotLook =>
  new CouldNotLook('page-error', `the page made the browser use more than ${MOST_MEMORY / 1024 ** 3} GiB of memory`);

/** What the driver says until it has ended; a look at its memory now and then. */
const listen = (program: Program, stderr: Collector, context: ProbeContext): Promise<VisitEnd> => {
  const { promise, resolve, reject } = Promise.withResolvers<VisitEnd>();
  let pid: number | null = null;
  const lines = createInterface({ input: program.stdout });
  lines.on('line', (line) => {
    const told = readTold(line);
    if (told?.told === 'started') pid = told.pid;
    if (told?.told === 'progress') context.tell(context.redact(told.text));
    if (told?.told === 'end') resolve(told.end);
  });
  lines.once('close', () => {
    void program.ended.then(() =>
      reject(new CouldNotLook('probe-crashed', `the driver of the browser ended by itself${lastWords(stderr)}`)),
    );
  });
  const watch = setInterval(() => {
    const bytes = pid === null ? null : memoryOf(pid);
    if (bytes !== null && bytes > MOST_MEMORY) reject(hungry());
  }, LOOK_AFTER_MS);
  const abort = (): void => reject(stopped(context));
  if (context.signal.aborted) abort();
  context.signal.addEventListener('abort', abort, { once: true });
  return promise.finally(() => {
    clearInterval(watch);
    context.signal.removeEventListener('abort', abort);
    lines.close();
  });
};

/**
 * Has a process of its own visit the page, and ends it and the browser in every case. Throws `CouldNotLook` when it
 * did not come to an end by itself.
 */
export const driveBrowser = async (order: Order, context: ProbeContext): Promise<VisitEnd> => {
  const env = environmentOf(context, order);
  const program = await startProgram({ argv: [execPath, DRIVER], cwd: order.folder, env, stdin: 'open' });
  const stderr = collectOutput(program.stderr, STDERR_BYTES, STDERR_BYTES);
  try {
    program.stdin?.write(`${JSON.stringify(order)}\n`);
    const end = await listen(program, stderr, context);
    await Promise.race([program.ended, sleep(CLOSE_MS, null, { signal: context.signal }).catch(() => null)]);
    return end;
  } finally {
    await program.end(GRACE_MS);
    for (const stream of [program.stdin, program.stdout, program.stderr]) stream?.destroy();
  }
};
