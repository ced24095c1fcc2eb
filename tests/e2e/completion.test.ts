import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeManPage } from '../../scripts/generated/man-page.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { textOf } from '../documents/documents.ts';
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

/** What every shell offers for a line that ends at the cursor. */
const OFFERED: readonly (readonly [line: string, words: readonly string[]])[] = [
  ['gonogo tr', ['triage']],
  ['gonogo run --sha', ['--shard']],
  ['gonogo triage --sha', []],
  ['gonogo run --report mark', ['markdown', 'markdown-short']],
  ['gonogo explain redirect-l', ['redirect-loop', 'redirect-limit']],
  ['gonogo completion ', ['bash', 'zsh', 'fish']],
];

/** Types a line and a tab into a zsh on a terminal of its own, in which whatever is offered is also written down. */
const ASK_ZSH = `
zmodload zsh/zpty && zpty terminal zsh -f -i && : > "$2"
zpty -w terminal "unsetopt zle_bracketed_paste; fpath=(\${(q)1} \\$fpath); autoload -Uz compinit; compinit -u -D
compadd() {
  local -a found
  builtin compadd -O found \\"\\$@\\" 2> /dev/null
  (( \\$#found )) && print -rl -- \\$found >> \${(q)2}
  builtin compadd \\"\\$@\\"
}
finished() { : > \${(q)2}.finished }
zle -N finished; bindkey '^I' complete-word; bindkey '^X' finished; : > \${(q)2}.ready"
for _ in {1..100}; do [[ -e "$2.ready" ]] && break; sleep 0.1; done
rm -f "$2.finished"
zpty -w -n terminal "$3"$'\t\x18'
for _ in {1..100}; do [[ -e "$2.finished" ]] && break; sleep 0.1; done
zpty -d terminal
cat "$2"
`;

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

  test.skipIf(!hasProgram('fish')).each(OFFERED)('a real fish offers for "%s": %j', async (line, words) => {
    const file = join(folder, 'gonogo.fish');
    writeFileSync(file, (await gonogo(['completion', 'fish'])).stdout);
    const offers = execFileSync('fish', ['--no-config', '-c', `source $argv[1]; complete -C $argv[2]`, file, line], {
      encoding: 'utf8',
    });
    const found = offers.split('\n').flatMap((offer) => offer.split('\t', 1)[0] || []);
    expect(found.toSorted()).toEqual(words.toSorted());
  });

  test.skipIf(!hasProgram('zsh')).each(OFFERED)('a real zsh offers for "%s": %j', async (line, words) => {
    const functions = join(folder, 'zsh-functions');
    mkdirSync(functions, { recursive: true });
    writeFileSync(join(functions, '_gonogo'), (await gonogo(['completion', 'zsh'])).stdout);
    const argv = ['-f', '-c', ASK_ZSH, 'zsh', functions, join(folder, 'offers'), line];
    const offers = execFileSync('zsh', argv, { encoding: 'utf8', cwd: folder });
    expect(
      offers
        .split('\n')
        .filter((offer) => offer !== '')
        .toSorted(),
    ).toEqual(words.toSorted());
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

  test('is what is shipped, and what --help tells', async () => {
    expect(textOf('docs/gonogo.1')).toBe(page);
    const { stdout } = await gonogo(['--help']);
    for (const [, command = ''] of stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)) {
      expect(plain).toContain(`\n.SS gonogo ${command}`);
      const help = await gonogo([command, '--help']);
      for (const [, option = ''] of help.stdout.matchAll(/^ {2}(?:-\w,| {3}) (--[a-z-]+)/gm))
        expect(plain).toContain(`\\fB${option}\\fR`);
    }
  }, 60_000);

  test.skipIf(!hasProgram('mandoc'))('is read by mandoc without an error', () => {
    const { status, stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'error'], { input: page, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  test.skipIf(!hasProgram('groff'))('is set by groff without a warning', () => {
    const { stderr, stdout } = spawnSync('groff', ['-man', '-Tutf8', '-ww'], { input: page, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toContain('May we go'.toLowerCase());
  });
});
