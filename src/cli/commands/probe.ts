import { renderProblem } from '../../config/frame.ts';
import { loadConfig } from '../../config/load-config.ts';
import { exitCode } from '../../judge/exit-code.ts';
import { ConfigError } from '../../model/fault.ts';
import type { Facts } from '../../model/observation.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { jsonFlaw } from '../../probes/json-flaw.ts';
import { renderFacts } from '../../report/console/facts.ts';
import { clock } from '../../shell/clock.ts';
import { makeLoadPorts } from '../../shell/config-files.ts';
import { writeOut } from '../../shell/output.ts';
import { makeRunId } from '../../shell/run-id.ts';
import { carryOut } from '../carry-out.ts';
import type { Execute } from '../command.ts';
import type { ParsedOptions } from '../parse.ts';
import { fileFor, ID, lookedAt, TARGET, type Looked } from '../probe-file.ts';
import { renderCheckFile } from '../probe-mcp-file.ts';
import { renderTools } from '../probe-mcp-tools.ts';
import type { World } from '../world.ts';
import { reportAndExit } from '../write-reports.ts';

const FILE = 'command-line';

/** What a probe reports is JSON; the model of a run only does not say so. */
const isFacts = (facts: object | undefined): facts is Facts => facts !== undefined && jsonFlaw(facts) === null;

const configFor = async (looked: Looked, options: ParsedOptions, world: World, runId: string) => {
  const { text, secret } = fileFor(looked, options);
  const ports = {
    ...makeLoadPorts({ ...world, environment: { ...world.environment, [TARGET]: secret }, runId }),
    readText: async (path: string) =>
      path === FILE ? ({ ok: true, text } as const) : ({ ok: false, reason: 'does not exist' } as const),
  };
  const loaded = await loadConfig({ file: FILE, environment: null, strict: false }, ports);
  if (loaded.ok) return loaded.config;
  const problems = loaded.problems.map((problem) => renderProblem(problem, text));
  throw new ConfigError(`${problems.join('\n\n')}\n`, problems.length);
};

/** Every fact of the look; the tools of an MCP server are told in words before them. */
const factsShown = ({ kind }: Looked, facts: Facts): string => {
  const { 'tool-list': _list, tools: _names, ...rest } = facts;
  const tools = kind === 'mcp' ? renderTools(facts) : '';
  return `${tools}facts\n${renderFacts(kind === 'mcp' ? rest : facts, { unicode: true })}\n`;
};

/** `gonogo probe KIND TARGET`: one look without a file; shows every fact besides the verdict, and keeps nothing. */
export const execute: Execute = async (options, world) => {
  const runId = makeRunId(clock.now(), clock.random);
  const looked = lookedAt(options);
  const config = await configFor(looked, options, world, runId);
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
  const seen = run.checks.find(({ id }) => id === ID)?.facts;
  const facts = isFacts(seen) ? seen : {};
  if (!json) await writeOut(world.stdout, factsShown(looked, facts));
  const rendering = { world, colour: !options.has('no-color'), sourceOf: () => null, folder: null };
  const code = await reportAndExit(
    run,
    [{ format: json ? 'json' : 'console', path: null }],
    rendering,
    exitCode(run, { strict: false }),
  );
  if (!json && looked.kind === 'mcp') await writeOut(world.stdout, renderCheckFile(looked.spec, facts));
  return code;
};
