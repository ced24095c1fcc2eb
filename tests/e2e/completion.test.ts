import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeManPage } from '../../scripts/generated/man-page.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { gonogo } from './gonogo.ts';

const hasProgram = (name: string): boolean => spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;

let folder: string;
let script: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-completion-'));
  script = join(folder, 'gonogo.bash');
  writeFileSync(script, (await gonogo(['completion', 'bash'])).stdout);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a real bash offers for a line that ends at the cursor. */
const offered = (line: string): readonly string[] => {
  const words = line.split(' ');
  const program = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gonogo; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const text = execFileSync('bash', ['--norc', '-euc', program, script, ...words], { encoding: 'utf8' });
  return text.split('\n').filter((word) => word !== '');
};

describe('bash', () => {
  test('offers every command, and those that begin alike', () => {
    expect(offered('gonogo ')).toEqual([...Object.keys(COMMANDS), 'help', '--help', '--version']);
    expect(offered('gonogo tr')).toEqual(['triage']);
  });

  test('offers the options of a command, short and long', () => {
    const options = offered('gonogo triage -');
    expect(options).toEqual(expect.arrayContaining(['--config', '-c', '--watch', '--help']));
    expect(options).toHaveLength(new Set(options).size);
    expect(offered('gonogo run --sha')).toEqual(['--shard']);
    expect(offered('gonogo triage --sha')).toEqual([]);
  });

  test('offers what an option or a command can be given', () => {
    expect(offered('gonogo run --report mark')).toEqual(['markdown', 'markdown-short']);
    expect(offered('gonogo explain redirect-l')).toEqual(['redirect-loop', 'redirect-limit']);
    expect(offered('gonogo probe ht')).toEqual(['http']);
    expect(offered('gonogo completion ')).toEqual(['bash', 'zsh', 'fish']);
  });

  test('leaves files to bash', () => {
    expect(offered('gonogo run -c ch')).toEqual([]);
    expect(
      execFileSync('bash', ['--norc', '-c', `source "${script}"; complete -p gonogo`], { encoding: 'utf8' }),
    ).toContain('-o default');
  });
});

describe('zsh and fish', () => {
  test.each(['zsh', 'fish'])('%s gets every command and every option', async (shell) => {
    const { stdout, exit } = await gonogo(['completion', shell]);
    expect(exit).toBe(0);
    for (const [name, { options }] of Object.entries(COMMANDS)) {
      expect(stdout).toContain(name);
      for (const option of Object.keys(options))
        expect(stdout).toContain(shell === 'fish' ? `-l ${option} ` : `--${option}[`);
    }
  });

  test.each(['zsh', 'fish'].filter(hasProgram))('%s can read its script', async (shell) => {
    const file = join(folder, `gonogo.${shell}`);
    writeFileSync(file, (await gonogo(['completion', shell])).stdout);
    expect(spawnSync(shell, ['-n', file], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  test('another shell is a usage error with a suggestion', async () => {
    const { exit, stderr } = await gonogo(['completion', 'bsh']);
    expect(exit).toBe(2);
    expect(stderr).toContain('did you mean "bash"?');
  });
});

describe('the man page', () => {
  const page = makeManPage();
  const plain = page.replaceAll('\\-', '-');

  test('has every command with its options, and what the process ends with', () => {
    for (const [name, { options }] of Object.entries(COMMANDS)) {
      expect(plain).toContain(`\n.SS gonogo ${name}`);
      for (const option of Object.keys(options)) expect(plain).toContain(`\\fB--${option}\\fR`);
    }
    expect(plain).toContain('.TP\n\\fB3\\fR\nHOLD: not proved\n');
  });

  test('begins no line of text with a request, and hides no character behind a backslash', () => {
    for (const line of page.split('\n').filter((one) => /^[.']/.test(one)))
      expect(line).toMatch(/^\.(?:TH|SH|SS|TP|PP|EX|EE|\\")(?: |$)/);
    expect(plain.replaceAll(/\\(?:f[BIR]|e|\(aq|\(ga|&|")/g, '')).not.toContain('\\');
  });

  test.skipIf(!hasProgram('groff'))('is set by groff without a warning', () => {
    const { stderr, stdout } = spawnSync('groff', ['-man', '-Tutf8', '-ww'], { input: page, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toContain('May we go'.toLowerCase());
  });
});
