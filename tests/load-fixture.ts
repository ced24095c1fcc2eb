import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Loaded } from '../src/config/load-config.ts';
import { loadConfig } from '../src/config/load-config.ts';
import type { FileText, LoadPorts } from '../src/config/ports.ts';

/** The world that a test gives to loading: a folder of real files, and nothing else that it does not say. */
export const folderPorts = (folder: string, environment: LoadPorts['environment'] = {}): LoadPorts => {
  const readText = async (path: string): Promise<FileText> =>
    existsSync(join(folder, path))
      ? { ok: true, text: readFileSync(join(folder, path), 'utf8') }
      : { ok: false, reason: 'does not exist' };
  return {
    readText,
    glob: async (patterns, baseDir) =>
      globSync([...patterns], { cwd: join(folder, baseDir) })
        .map((path) => join(baseDir, path))
        .sort(),
    environment,
    readSecretFile: async () => ({ ok: false, reason: 'does not exist' }),
    uuid: () => '00000000-0000-4000-8000-000000000000',
    hashFile: async () => null,
    verifySignature: async () => 'no signature can be checked here',
    runId: 'test-run',
    workingDirectory: folder,
  };
};

/** Comments at the head of a fixture say what it is loaded with: `# env: NAME=value`, `# environment: X`, `# strict`. */
export const loadFixture = async (folder: string, file: string): Promise<Loaded> => {
  const text = readFileSync(join(folder, file), 'utf8');
  const environment = [...text.matchAll(/^# env: (\w+)=(.*)$/gm)].map((match) => [match[1], match[2]]);
  const chosen = /^# environment: (.*)$/m.exec(text)?.[1] ?? null;
  const ports = folderPorts(folder, Object.fromEntries(environment));
  return loadConfig({ file, environment: chosen, strict: /^# strict$/m.test(text) }, ports);
};
