import { CORE_SCHEMA, load } from 'js-yaml';
import { renderProblem } from '../../config/frame.ts';
import { loadConfig } from '../../config/load-config.ts';
import { exitCode } from '../../judge/exit-code.ts';
import { ConfigError, UsageError } from '../../model/fault.ts';
import { closest } from '../../model/suggest.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { probes } from '../../probes/registry.ts';
import { renderFacts } from '../../report/console/facts.ts';
import { clock } from '../../shell/clock.ts';
import { makeLoadPorts } from '../../shell/config-files.ts';
import { writeOut } from '../../shell/output.ts';
import { makeRunId } from '../../shell/run-id.ts';
import { carryOut } from '../carry-out.ts';
import type { Execute } from '../command.ts';
import type { ParsedOptions } from '../parse.ts';
import type { World } from '../world.ts';
import { reportAndExit } from '../write-reports.ts';

const FILE = 'command-line';
const ID = 'probe';

const isKind = (name: string): name is keyof typeof probes => Object.hasOwn(probes, name);

/** What is typed is meant as it stands: no placeholder is filled. */
const literal = (text: string): string => text.replaceAll('${', '$${');

/** `KEY=VALUE` pairs, the values read as YAML. */
const pairs = (option: string, texts: readonly string[]): { readonly [key: string]: unknown } =>
  Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1)
        throw new UsageError(`--${option} takes a pair, found "${text}"`, `for example --${option} status=200`);
      try {
        return [text.slice(0, at), load(literal(text.slice(at + 1)), { schema: CORE_SCHEMA })];
      } catch (error) {
        throw new UsageError(`--${option} ${text}: the value is not YAML`, null, { cause: error });
      }
    }),
  );

/** A target with a password in it is a secret, here as in a file. */
const TARGET = 'TARGET_OF_PROBE';
const PASSWORD = /(:\/\/[^/@:]*:)([^/@]+)(@)/;
const holdsPassword = (target: string): boolean => PASSWORD.test(target);

/** The file that the command line stands for. */
const fileFor = (options: ParsedOptions): string => {
  const [kind = '', target = ''] = options.words;
  if (!isKind(kind)) {
    const near = closest(kind, Object.keys(probes));
    const hint = near === null ? `the kinds are ${Object.keys(probes).join(', ')}` : `did you mean "${near}"?`;
    throw new UsageError(`there is no probe kind "${kind}"`, hint);
  }
  const hidden = holdsPassword(target);
  const shown = hidden ? target.replace(PASSWORD, '$1***$3') : target;
  const written = hidden ? `\${secret.${TARGET}}` : literal(target);
  const spec = { [probes[kind].shorthand]: written, ...pairs('set', options.values('set')) };
  const expect = pairs('expect', options.values('expect'));
  const timeout = options.value('timeout');
  const check = {
    title: literal(`${kind} ${shown}`),
    ...(timeout === null ? {} : { timeout }),
    ...(Object.keys(expect).length === 0 ? {} : { expect }),
    [kind]: spec,
  };
  const secrets = hidden ? { secrets: [TARGET] } : {};
  const file = { version: 1, name: literal(`probe ${kind} ${shown}`), ...secrets, checks: { [ID]: check } };
  return `${JSON.stringify(file, null, 2)}\n`;
};

const configFor = async (options: ParsedOptions, world: World, runId: string) => {
  const text = fileFor(options);
  const ports = {
    ...makeLoadPorts({ ...world, environment: { ...world.environment, [TARGET]: options.words[1] }, runId }),
    readText: async (path: string) =>
      path === FILE ? ({ ok: true, text } as const) : ({ ok: false, reason: 'does not exist' } as const),
  };
  const loaded = await loadConfig({ file: FILE, environment: null, strict: false }, ports);
  if (loaded.ok) return loaded.config;
  const problems = loaded.problems.map((problem) => renderProblem(problem, text));
  throw new ConfigError(`${problems.join('\n\n')}\n`, problems.length);
};

/** `gonogo probe KIND TARGET`: one look without a file; shows every fact besides the verdict, and keeps nothing. */
export const execute: Execute = async (options, world) => {
  const runId = makeRunId(clock.now(), clock.random);
  const config = await configFor(options, world, runId);
  const plan = makePlan(config, { selectors: [], gate: null, only: [] }, {}, () => ({
    own: null,
    byCode: {},
    default: null,
  }));
  const { run } = await carryOut(
    plan,
    { runId, folder: null, secrets: config.secrets, history: null },
    { quiet: true, verbose: false },
    world,
  );
  const json = options.has('json');
  if (!json) {
    const facts = run.checks.find(({ id }) => id === ID)?.facts ?? {};
    await writeOut(world.stdout, `facts\n${renderFacts(facts, { unicode: true })}\n`);
  }
  const rendering = { world, colour: !options.has('no-color'), sourceOf: () => null };
  return reportAndExit(
    run,
    [{ format: json ? 'json' : 'console', path: null }],
    rendering,
    exitCode(run, { strict: false }),
  );
};
