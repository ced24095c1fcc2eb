import { createRequire } from 'node:module';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { findBrowser } from '../page/find-browser.ts';
import { collectOutput } from '../process/collect-output.ts';
import { inheritedEnvironment } from '../process/environment.ts';
import { startProgram, type Program } from '../process/start-program.ts';
import { CouldNotLook, type Look, type ProbeContext } from '../probe.ts';
import { ownConfig } from './own-config.ts';
import { globsOf } from './problems.ts';
import { NO_RESULTS, resultsAfter, type Results, type TestSeen } from './results.ts';
import type { Spec } from './schema.ts';

const GRACE_MS = 100;
const MOST_STDERR = 16 * 1024;
const MOST_SHOWN = 500;
const MOST_KEPT = 60;
const MOST_EVIDENCE_BYTES = 20 * 1024 * 1024;

const REPORTER = join(import.meta.dirname, `reporter${extname(import.meta.filename)}`);

/** The command line of Playwright that belongs to the specs: the one that they import from. */
const runnerOf = (folder: string): string => {
  try {
    const manifest = createRequire(join(folder, 'any.js')).resolve('@playwright/test/package.json');
    return join(dirname(manifest), 'cli.js');
  } catch (error) {
    const message = `the folder ${folder} has no @playwright/test: npm install --save-dev @playwright/test`;
    throw new CouldNotLook('command-missing', message, {}, { cause: error });
  }
};

const environmentOf = (spec: Spec, context: ProbeContext, more: JsonObject): { readonly [name: string]: string } => {
  const own = Object.entries({ ...spec.env, ...more }).map(([name, value]): [string, string] => [name, String(value)]);
  return { ...inheritedEnvironment(context.environment), ...Object.fromEntries(own), FORCE_COLOR: '0', CI: '1' };
};

/** A variable that holds a secret would be in the trace: what is typed, what is sent. */
const holdsSecret = ({ env = {} }: Spec, { redact }: ProbeContext): boolean =>
  Object.values(env).some((value) => redact(String(value)) !== String(value));

/** What runs the specs, all of it made beforehand. */
const commandOf = async (spec: Spec, context: ProbeContext, work: string): Promise<readonly string[]> => {
  const { folder, environment } = context;
  const runner = runnerOf(folder);
  const trace = !holdsSecret(spec, context);
  const config = spec.config === undefined ? join(work, 'smoke.config.mjs') : resolve(folder, spec.config);
  if (spec.config === undefined) {
    const browser = await findBrowser(environment);
    const asRoot = process.getuid?.() === 0;
    await writeFile(config, ownConfig({ folder, globs: globsOf(spec), browser, asRoot, trace }));
  }
  return [
    process.execPath,
    runner,
    'test',
    ...(spec.config === undefined ? [] : globsOf(spec)),
    ...['--config', config, '--reporter', REPORTER, '--output', join(work, 'output')],
    ...['--retries', String(spec.retries ?? 0), '--workers', String(spec.workers ?? 1), '--forbid-only'],
    ...(trace || spec.config === undefined ? [] : ['--trace', 'off']),
    ...(spec.project === undefined ? [] : ['--project', spec.project]),
    ...(spec.grep === undefined ? [] : ['--grep', spec.grep]),
  ];
};

/** Reads what the reporter tells while the specs run. */
const readResults = async (program: Program, mark: string, { tell }: ProbeContext): Promise<Results> => {
  let results = NO_RESULTS;
  for await (const line of createInterface({ input: program.stdout, crlfDelay: Infinity })) {
    if (!line.startsWith(mark)) continue;
    results = resultsAfter(results, line.slice(mark.length));
    tell(`${results.tests.length} tests ended, ${countOf(results, 'failed')} failed`);
  }
  return results;
};

const countOf = ({ tests }: Results, outcome: TestSeen['outcome']): number =>
  tests.filter((test) => test.outcome === outcome).length;

/** Keeps what failed tests left: screenshots, traces, the page as text. Secrets in texts are taken out. */
const keepEvidence = async (test: TestSeen, { keep, redact }: ProbeContext): Promise<readonly string[]> => {
  const kept: string[] = [];
  for (const { path } of test.attachments.slice(0, MOST_KEPT)) {
    const bytes = await readFile(path).catch(() => null);
    if (bytes === null || bytes.length > MOST_EVIDENCE_BYTES) continue;
    const name = path.split(sep).at(-1) ?? 'evidence';
    const isText = /\.(md|txt|html|json)$/i.test(name);
    const place = await keep(`line-${test.line}-${name}`, isText ? redact(bytes.toString('utf8')) : bytes);
    if (place !== null) kept.push(place);
  }
  return kept;
};

const testFacts = async (test: TestSeen, context: ProbeContext): Promise<JsonObject> => {
  const evidence = test.outcome === 'failed' || test.outcome === 'flaky' ? await keepEvidence(test, context) : [];
  return {
    title: test.title,
    file: relative(context.folder, test.file).split(sep).join('/'),
    line: test.line,
    column: test.column,
    ...(test.project === '' ? {} : { project: test.project }),
    outcome: test.outcome,
    duration: test.durationMs,
    retries: test.retries,
    ...(test.error === null ? {} : { error: test.error }),
    ...(evidence.length === 0 ? {} : { evidence }),
  };
};

const factsOf = async (results: Results, stderr: string, context: ProbeContext): Promise<Facts> => {
  const tests: JsonObject[] = [];
  for (const test of results.tests.slice(0, MOST_SHOWN)) tests.push(await testFacts(test, context));
  return {
    tests,
    total: results.tests.length,
    passed: countOf(results, 'passed'),
    failed: countOf(results, 'failed'),
    flaky: countOf(results, 'flaky'),
    skipped: countOf(results, 'skipped'),
    errors: [...results.errors],
    ...(stderr === '' ? {} : { stderr }),
  };
};

/** Runs the specs with Playwright's own runner; nothing that it started is left running. */
export const look: Look<Spec> = async (spec, context) => {
  const { signal, monotonicMs } = context;
  const work = await mkdtemp(join(tmpdir(), 'gonogo-playwright-'));
  const mark = `gonogo-${randomUUID()} `;
  const startedMs = monotonicMs();
  try {
    const argv = await commandOf(spec, context, work);
    signal.throwIfAborted();
    const env = environmentOf(spec, context, { GONOGO_REPORT_MARK: mark });
    const program = await startProgram({ argv, cwd: context.folder, env, stdin: 'nothing' });
    const onAbort = (): void => void program.end(GRACE_MS);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const said = collectOutput(program.stderr, 0, MOST_STDERR);
      const results = await readResults(program, mark, context);
      const { exitCode } = await program.ended;
      await program.end(GRACE_MS);
      const facts = await factsOf(results, said.output().tail.toString('utf8').trim(), context);
      const timed = { ...facts, duration: monotonicMs() - startedMs };
      if (signal.aborted) throw new CouldNotLook('timeout', `${results.tests.length} tests had ended by then`, timed);
      return exitCode === null ? timed : { ...timed, 'exit-code': exitCode };
    } finally {
      signal.removeEventListener('abort', onAbort);
      await program.end(GRACE_MS);
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};
