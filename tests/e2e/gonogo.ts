import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MOVED_CLOCK } from '../moved-clock.ts';

export const ROOT = join(fileURLToPath(import.meta.url), '..', '..', '..');
const MAIN = join(ROOT, 'src', 'main.ts');

export type Ended = { readonly exit: number | null; readonly stdout: string; readonly stderr: string };

export type Started = {
  readonly ended: Promise<Ended>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Resolves when stdout or stderr holds the text. */
  readonly says: (text: string) => Promise<void>;
};

/** Only what a test names reaches the child, the path and the day: no colour settings or proxies of the machine. */
const cleanEnvironment = (variables: { readonly [name: string]: string }) => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '',
  NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'compile'),
  ...MOVED_CLOCK,
  ...variables,
});

/** Starts gonogo as a user would: a process of its own, its streams piped. */
export const startGonogo = (
  argv: readonly string[],
  options: { readonly cwd?: string; readonly variables?: { readonly [name: string]: string } } = {},
): Started => {
  const child = spawn(process.execPath, [MAIN, ...argv], {
    cwd: options.cwd ?? ROOT,
    env: cleanEnvironment(options.variables ?? {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const waiting: { readonly text: string; readonly resolve: () => void }[] = [];
  const settle = () => {
    for (const { text, resolve } of waiting) if (stdout.includes(text) || stderr.includes(text)) resolve();
  };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    settle();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
    settle();
  });
  return {
    ended: new Promise((resolve) => child.once('close', (exit) => resolve({ exit, stdout, stderr }))),
    kill: (signal) => child.kill(signal),
    says: (text) =>
      new Promise((resolve) => {
        waiting.push({ text, resolve });
        settle();
      }),
  };
};

/** Runs gonogo to its end. */
export const gonogo = (...parameters: Parameters<typeof startGonogo>): Promise<Ended> =>
  startGonogo(...parameters).ended;
