import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemCode } from './system-error.ts';

/**
 * SSH signatures as `ssh-keygen -Y` makes them (OpenSSH's PROTOCOL.sshsig), in a namespace of our own, so that one that
 * was made for something else never counts here.
 */
const NAMESPACE = 'gonogo';
const PROGRAM = 'ssh-keygen';
const LONGEST_MS = 10_000;
const MOST_CHARACTERS = 64 * 1024;
const MOST_SHOWN = 200;

const [BEGIN, END] = ['-----BEGIN SSH SIGNATURE-----', '-----END SSH SIGNATURE-----'];

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };
type Environment = { readonly [name: string]: string | undefined };

/** A text to sign or to verify, and who it is from. */
export type SignatureToVerify = {
  readonly text: string;
  /** Without its armour. */
  readonly signature: string;
  /** The principal that the file of allowed signers has to name. */
  readonly by: string;
  /** Absolute path. */
  readonly allowedSigners: string;
};

/** What is wrong with a signature, as the end of a sentence; null when it is good. Never rejects. */
export const verifySignature = async (
  { text, signature, by, allowedSigners }: SignatureToVerify,
  environment: Environment,
): Promise<string | null> => {
  const folder = await mkdtemp(join(tmpdir(), 'gonogo-signature-'));
  try {
    const file = join(folder, 'signature');
    await writeFile(file, armoured(signature), { mode: 0o600 });
    const argv = ['-Y', 'verify', '-f', allowedSigners, '-I', by, '-n', NAMESPACE, '-s', file];
    const ended = await run(argv, text, environment);
    return ended.code === 0 ? null : reasonOf(ended);
  } catch (error) {
    return troubleOf(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

export type Signed =
  { readonly ok: true; readonly signature: string } | { readonly ok: false; readonly reason: string };

/** Signs a text with a private key, or with the agent's where the key is a public one. Never rejects. */
export const signText = async (text: string, key: string, environment: Environment): Promise<Signed> => {
  try {
    const ended = await run(['-Y', 'sign', '-q', '-f', key, '-n', NAMESPACE], text, environment);
    const signature = ended.code === 0 ? withoutArmour(ended.stdout) : null;
    return signature === null ? { ok: false, reason: reasonOf(ended) } : { ok: true, signature };
  } catch (error) {
    return { ok: false, reason: troubleOf(error) };
  }
};

const armoured = (signature: string): string => [BEGIN, ...(signature.match(/.{1,70}/gsu) ?? []), END, ''].join('\n');

const withoutArmour = (text: string): string | null => {
  const lines = text.trim().split(/\r?\n/u);
  return lines[0] === BEGIN && lines.at(-1) === END ? lines.slice(1, -1).join('') : null;
};

/** The last line that the program said: it ends with what is the matter. */
const reasonOf = ({ code, stdout, stderr }: Ended): string => {
  const lines = `${stdout}\n${stderr}`.split(/\r?\n/u).filter((line) => line.trim() !== '');
  return (lines.at(-1) ?? `${PROGRAM} ended with ${code ?? 'a signal'}`).slice(0, MOST_SHOWN);
};

const troubleOf = (error: unknown): string =>
  systemCode(error) === 'ENOENT'
    ? `${PROGRAM} is not on this machine, so no signature can be checked or made`
    : `${PROGRAM} could not be started: ${systemCode(error)}`;

const run = (argv: readonly string[], input: string, environment: Environment): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(PROGRAM, argv, {
      env: { ...environment, LC_ALL: 'C' },
      stdio: ['pipe', 'pipe', 'pipe'],
      signal: AbortSignal.timeout(LONGEST_MS),
      killSignal: 'SIGKILL',
    });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        texts[name] = (texts[name] + chunk).slice(0, MOST_CHARACTERS);
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...texts }));
    // A program that ends before it has read all is no trouble of its own: its exit code tells.
    child.stdin.once('error', () => {});
    child.stdin.end(input);
  });
