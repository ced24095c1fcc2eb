import type { CallToolResult, Client, Tool } from '@modelcontextprotocol/client';
import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { answerFacts, answerOf, type Answer } from './answer.ts';
import { quoted } from './bounds.ts';
import type { Channel } from './channel.ts';
import { callTool, listTools, type Library } from './client.ts';
import { untilAborted } from './deadline.ts';
import { toolErrorOf, type Step } from './failure.ts';
import { openValidator, type Validator } from './fit/validator.ts';
import { listedFacts, serverFacts } from './listed.ts';
import { reach, type Journey } from './reach.ts';
import { inputFacts, outputFacts } from './schemas.ts';
import { annotationFacts, isDestructive } from './side-effects.ts';

/** How far a conversation has come and what it showed; kept when it stops half-way. */
export type Progress = {
  step: Step;
  facts: Facts;
  /** Milliseconds by step; a step that did not end is absent. */
  timings: { readonly [step: string]: number };
  /** What was opened on the way to the server; the last is the one in use. */
  channels: readonly Channel[];
  /** Null until it is connected. */
  client: Client | null;
};

/** A conversation under way. */
type Talk = Journey & { readonly progress: Progress; readonly client: Client; readonly channel: Channel };

const timed = async <T>(progress: Progress, context: ProbeContext, step: Step, work: () => Promise<T>): Promise<T> => {
  const fromMs = context.monotonicMs();
  progress.step = step;
  try {
    return await work();
  } finally {
    const tookMs = Math.round((context.monotonicMs() - fromMs) * 1000) / 1000;
    progress.timings = { ...progress.timings, [step]: tookMs };
  }
};

const saw = (progress: Progress, facts: Facts): void => {
  progress.facts = { ...progress.facts, ...facts };
};

/** Connects, lists and calls, and notes in `progress` what it sees. */
export const converse = async (journey: Journey, progress: Progress): Promise<void> => {
  const { spec, context, trace } = journey;
  saw(progress, { 'trace-id': trace.id });
  const client = await timed(progress, context, 'connect', () => reach(journey));
  const channel = progress.channels.at(-1);
  if (channel === undefined) throw new Error('a server was reached over no channel');
  progress.client = client;
  saw(progress, serverFacts(client));
  const listing = () => listTools(client, channel, context, trace);
  const tools = await timed(progress, context, 'list', () => untilAborted(listing(), channel.signal));
  saw(progress, listedFacts(tools, spec, context.asked));
  const tool = tools.find(({ name }) => name === spec.tool);
  if (tool === undefined) return;
  saw(progress, annotationFacts(tool.annotations ?? {}));
  refuseDestructive(tool, journey);
  const validator = openValidator(context.signal);
  try {
    await call({ ...journey, progress, client, channel }, tool, validator);
  } finally {
    await validator.close();
  }
};

const refuseDestructive = (tool: Tool, { spec }: Journey): void => {
  if (spec['side-effects'] === 'allow' || !isDestructive(tool.annotations ?? {})) return;
  const message = `the server says that ${quoted(tool.name)} is destructive (destructiveHint: true); say side-effects: allow to call it`;
  throw new CouldNotLook('not-run', message);
};

/** What the file gives was JSON or YAML, so it is JSON; the schema of the spec only does not say so. */
const asJson = (args: { readonly [name: string]: unknown }): Json => JSON.parse(JSON.stringify(args));

const call = async (talk: Talk, tool: Tool, validator: Validator): Promise<void> => {
  const { spec, context, library, trace, progress, client, channel } = talk;
  progress.step = 'call';
  const args = spec.arguments ?? {};
  if (spec['check-arguments'] !== false) {
    const facts = await inputFacts(tool, asJson(args), validator);
    saw(progress, facts);
    if (facts['input-valid'] === false) return;
  }
  const answered = (): Promise<Answer> =>
    callTool(client, tool, args, channel, context, trace).then(
      (result: CallToolResult) => answerOf(result),
      (error: unknown) => protocolAnswer(error, library),
    );
  const answer = await timed(progress, context, 'call', () => untilAborted(answered(), channel.signal));
  saw(progress, answerFacts(answer, spec));
  if (!answer.isError) saw(progress, await outputFacts(tool, answer.structured, validator));
};

/** A failure of the tool that came as a JSON-RPC error; any other error is thrown on. */
const protocolAnswer = (error: unknown, library: Library): Answer => {
  const failed = toolErrorOf(error, library);
  if (failed === null) throw error;
  return { isError: true, channel: 'protocol', errorCode: failed.code, texts: [failed.message], structured: undefined };
};
