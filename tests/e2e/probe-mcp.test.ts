import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { gonogo, ROOT } from './gonogo.ts';

/** What somebody types who has an MCP server and no file yet. */
const folder = mkdtempSync(join(tmpdir(), 'gonogo-probe-mcp-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const server = join(ROOT, 'node_modules', '@modelcontextprotocol', 'server-everything', 'dist', 'index.js');

test('a program is looked at, its tools are told, and the file that it would be runs as it is', async () => {
  const call = ['--tool', 'echo', '--arguments', '{"message": "hello"}'];
  const { exit, stdout } = await gonogo(['probe', 'mcp', ...call, '--', 'node', server, 'stdio']);
  expect({ exit, stdout }).toMatchObject({ exit: 0, stdout: expect.stringContaining('text: Echo: hello') });
  expect(stdout).toContain('era      legacy (2025-11-25), over stdio');
  expect(stdout).toMatch(/^ {2}get-sum {2}.*\n {6}a \* number; First number\n {6}b \* number; Second number$/m);
  const [, file = ''] = stdout.split('as a check file\n');
  writeFileSync(join(folder, 'gonogo.yaml'), file.replaceAll(/^ {2}/gm, ''));
  const again = await gonogo(['run', '--quiet', '--no-history'], { cwd: folder });
  expect({ exit: again.exit, stderr: again.stderr }).toEqual({ exit: 0, stderr: '' });
  const forbidden = await gonogo(['run', '--quiet', '--no-history', '--no-exec'], { cwd: folder });
  expect(forbidden.exit).toBe(3);
});

test('with --json stdout is the run and nothing else', async () => {
  const { stdout } = await gonogo(['probe', 'mcp', `node ${server} stdio`, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ checks: [{ kind: 'mcp', facts: { 'tool-count': 13 } }] });
});
