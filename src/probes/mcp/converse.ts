import type { Client, Tool } from '@modelcontextprotocol/client';
import type { Facts } from '../../model/observation.ts';
import { lookAtGolden } from '../answer/golden/look-at-golden.ts';
import { quoted } from '../answer/bounds.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { askByTool, askOnce, checkInput, replyFacts, type Talk } from './call.ts';
import type { Channel } from './channel.ts';
import { listTools } from './client.ts';
import { untilAborted, within } from './deadline.ts';
import { STEPS, type Step } from './failure.ts';
import { listedFacts, serverFacts } from './listed.ts';
import { reach, type Journey } from './reach.ts';
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
  const { spec, context, trace, stepMs } = journey;
  const step = <T>(name: Step, work: () => Promise<T>): Promise<T> =>
    timed(progress, context, name, () => within(work(), stepMs, () => tooLong(name, stepMs)));
  saw(progress, { 'trace-id': trace.id });
  const client = await step('connect', () => reach(journey));
  const channel = progress.channels.at(-1);
  if (channel === undefined) throw new Error('a server was reached over no channel');
  progress.client = client;
  saw(progress, serverFacts(client));
  const tools = await step('list', () => untilAborted(listTools(client, channel, context, trace), channel.signal));
  saw(progress, listedFacts(tools, spec, context.asked));
  const tool = tools.find(({ name }) => name === spec.tool);
  if (tool === undefined) return;
  saw(progress, annotationFacts(tool.annotations ?? {}));
  refuseDestructive(tool, journey);
  await ask({ ...journey, client, channel, tool }, progress);
};

const tooLong = (step: Step, ms: number): CouldNotLook =>
  new CouldNotLook('timeout', `${STEPS[step]} did not end within ${ms} ms`);

const refuseDestructive = (tool: Tool, { spec }: Journey): void => {
  if (spec['side-effects'] === 'allow' || !isDestructive(tool.annotations ?? {})) return;
  const said = `the server says that ${quoted(tool.name)} is destructive (destructiveHint: true)`;
  throw new CouldNotLook('not-run', `${said}; say side-effects: allow to call it`);
};

/** One call, or one for each question of a golden set. */
const ask = async (talk: Talk, progress: Progress): Promise<void> => {
  const { spec, context } = talk;
  progress.step = 'call';
  const input = await checkInput(talk);
  saw(progress, input);
  if (input['input-valid'] === false) return;
  if (spec.golden === undefined) {
    const reply = await timed(progress, context, 'call', () => askOnce(talk));
    return saw(progress, await replyFacts(talk, reply));
  }
  const { golden } = spec;
  const asking = () => lookAtGolden(golden, spec.deny ?? [], askByTool(talk), context);
  return saw(progress, await timed(progress, context, 'call', asking));
};
