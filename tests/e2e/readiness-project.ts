import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gonogo, ROOT, type Ended } from './gonogo.ts';

/** A launch of two checks, a sign-off, a decision and a quorum, in a temporary folder of its own. */
export const LAUNCH = `version: 1
name: Shop launch
checks:
  built: { files: { glob: dist/shop.js } }
  notes: { files: { glob: docs/notes.md } }
manual:
  token: { title: The analytics token is set, valid-for: 30d }
  cloud: { title: Where it runs, decision: { options: [aws, hetzner], authority: [cto, ceo] } }
  review: { title: The security review is done, quorum: '2 of [ada, grace, alan]', evidence: true }
gates:
  launch: { must: [built, token, cloud], should: [notes, review] }
  smoke: { must: [built] }
`;

export type Project = {
  readonly folder: string;
  readonly write: (path: string, text: string) => void;
  readonly read: (path: string) => string;
  readonly has: (path: string) => boolean;
  readonly list: (path: string) => readonly string[];
  readonly run: (...argv: readonly string[]) => Promise<Ended>;
  /** As at a terminal: the keys are pressed once the question is there. Answers what the terminal showed. */
  readonly atTerminal: (keys: string, ...argv: readonly string[]) => Promise<Ended>;
  readonly remove: () => void;
};

export const makeProject = (file = LAUNCH): Project => {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-readiness-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('gonogo.yaml', file);
  write('dist/shop.js', 'run();\n');
  write('docs/notes.md', 'notes\n');
  write('review.md', 'reviewed\n');
  return {
    folder,
    write,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    has: (path) => existsSync(join(folder, path)),
    list: (path) => (existsSync(join(folder, path)) ? readdirSync(join(folder, path)).toSorted() : []),
    run: (...argv) => gonogo(argv, { cwd: folder }),
    atTerminal: (keys, ...argv) => pressed(keys, argv, folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** `script` (util-linux) gives the command a terminal of its own and its exit code back. */
const pressed = (keys: string, argv: readonly string[], folder: string): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const command = [process.execPath, join(ROOT, 'src', 'main.ts'), ...argv].map(quoted).join(' ');
    const child = spawn('script', ['-qefc', command, '/dev/null'], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1', NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'compile') },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let shown = '';
    let asked = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      if (asked || !shown.includes('[y/N]')) return;
      asked = true;
      child.stdin.write(keys);
    });
    child.once('error', reject);
    child.once('close', (exit) => resolve({ exit, stdout: shown, stderr: '' }));
  });
