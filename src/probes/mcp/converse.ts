import type { Facts } from '../../model/observation.ts';
import type { ProbeContext } from '../probe.ts';
import { answerFacts, answerOf, type Answer } from './answer.ts';
import { callTool, connect, listTools, type Connected, type Library } from './client.ts';
import { toolErrorOf } from './failure.ts';
import type { Wire } from './fetch.ts';
import { listedFacts, serverFacts } from './listed.ts';
import { outputProblem } from './output.ts';
import type { Spec } from './schema.ts';

/** How far a conversation has come and what it showed; kept when it stops half-way. */
export type Progress = {
  step: 'connect' | 'list' | 'call';
  facts: Facts;
  /** Milliseconds by step; a step that did not end is absent. */
  timings: { readonly [step: string]: number };
  connected: Connected | null;
};

/** Connects, lists and calls, and notes in `progress` what it sees. */
export const converse = async (
  library: Library,
  wire: Wire,
  spec: Spec,
  context: ProbeContext,
  progress: Progress,
): Promise<void> => {
  const timed = async <T>(step: Progress['step'], work: Promise<T>): Promise<T> => {
    const fromMs = context.monotonicMs();
    progress.step = step;
    try {
      return await work;
    } finally {
      const tookMs = Math.round((context.monotonicMs() - fromMs) * 1000) / 1000;
      progress.timings = { ...progress.timings, [step]: tookMs };
    }
  };
  const saw = (facts: Facts): void => void (progress.facts = { ...progress.facts, ...facts });
  const url = new URL(spec.url);
  const connected = await timed('connect', connect(library, url, spec.era ?? 'auto', wire, context));
  progress.connected = connected;
  saw(serverFacts(connected.client));
  const tools = await timed('list', listTools(connected.client, context));
  saw(listedFacts(tools, spec));
  const tool = tools.find(({ name }) => name === spec.tool);
  if (tool === undefined) return;
  const called = callTool(connected.client, tool, spec.arguments ?? {}, context).then(answerOf, (error: unknown) =>
    protocolAnswer(error, library),
  );
  const answer = await timed('call', called);
  saw(answerFacts(answer, spec));
  if (tool.outputSchema === undefined || answer.isError) return;
  const problem = await outputProblem(tool.outputSchema, answer.structured, context.signal);
  saw({ 'output-valid': problem === null, ...(problem === null ? {} : { 'output-problem': problem }) });
};

/** A failure of the tool that came as a JSON-RPC error; any other error is thrown on. */
const protocolAnswer = (error: unknown, library: Library): Answer => {
  const failed = toolErrorOf(error, library);
  if (failed === null) throw error;
  return { isError: true, channel: 'protocol', errorCode: failed.code, texts: [failed.message], structured: undefined };
};
