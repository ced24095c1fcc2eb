import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath, exit, stdout } from 'node:process';

/**
 * Runs the client scenarios of the official conformance suite of MCP against our probe, and counts. The suite is no
 * dependency of the project: it is fetched from the registry once, in this exact version, into a temporary folder.
 */

const SUITE = '@modelcontextprotocol/conformance';
const VERSION = '0.2.0-alpha.12';
const FOLDER = join(tmpdir(), `gonogo-mcp-conformance-${VERSION}`);
const BIN = join(FOLDER, 'node_modules', SUITE, 'dist', 'index.js');
const CLIENT = join(import.meta.dirname, 'conformance-client.ts');

/** A scenario at a revision of the protocol. */
type Scenario = readonly [name: string, revision: string];

const SCENARIOS: readonly Scenario[] = [
  ['initialize', '2025-06-18'],
  ['initialize', '2025-11-25'],
  ['tools_call', '2025-06-18'],
  ['tools_call', '2025-11-25'],
  ['tools_call', '2026-07-28'],
  ['sse-retry', '2025-11-25'],
  ['request-metadata', '2026-07-28'],
  ['http-standard-headers', '2026-07-28'],
  ['http-custom-headers', '2026-07-28'],
  ['http-invalid-tool-headers', '2026-07-28'],
  ['json-schema-ref-no-deref', '2026-07-28'],
  ['json-schema-2020-12-preservation', '2025-11-25'],
  ['json-schema-2020-12-preservation', '2026-07-28'],
];

/** What a probe does not do, and why: these scenarios are not run. */
const LEFT_OUT: readonly (readonly [scenarios: string, why: string])[] = [
  ['elicitation-sep1034-client-defaults', 'nobody is there to be asked: elicitation is refused'],
  ['sep-2322-client-request-state', 'a tool that asks back is reported as input-required and not answered'],
  ['auth/* (all of OAuth)', 'a probe is given its token; it never logs in'],
  ['sep-2640-* (extension)', 'skills are no tools'],
];

const install = (): void => {
  if (existsSync(BIN)) return;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), '{ "private": true }\n');
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--save-exact'];
  const { status } = spawnSync('npm', ['install', ...options, `${SUITE}@${VERSION}`], {
    cwd: FOLDER,
    stdio: 'inherit',
  });
  if (status !== 0 || !existsSync(BIN)) throw new Error(`${SUITE}@${VERSION} could not be installed`);
};

type Result = { readonly passed: boolean; readonly checks: string; readonly output: string };

const run = ([name, revision]: Scenario): Promise<Result> =>
  new Promise((resolve) => {
    const command = `"${execPath}" "${CLIENT}"`;
    const argv = [BIN, 'client', '--command', command, '--scenario', name, '--spec-version', revision];
    execFile(execPath, argv, { cwd: FOLDER, timeout: 60_000 }, (error, out, err) => {
      const output = `${out}${err}`;
      const [checks = 'no checks'] = /\d+\/\d+(?=, \d+ failed)/.exec(output) ?? [];
      resolve({ passed: error === null && output.includes('OVERALL: PASSED'), checks, output });
    });
  });

install();
let passed = 0;
for (const scenario of SCENARIOS) {
  const result = await run(scenario);
  if (result.passed) passed += 1;
  stdout.write(`${result.passed ? 'ok    ' : 'FAILED'}  ${scenario.join(' at ')}  (${result.checks} checks)\n`);
  if (!result.passed) stdout.write(`${result.output.replaceAll(/^/gm, '        ')}\n`);
}
stdout.write(`\n${passed} of ${SCENARIOS.length} scenarios passed, with ${SUITE} ${VERSION}\n`);
for (const [scenarios, why] of LEFT_OUT) stdout.write(`not run: ${scenarios}: ${why}\n`);
exit(passed === SCENARIOS.length ? 0 : 1);
