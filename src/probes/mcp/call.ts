import type { CallToolResult, Client, Tool } from '@modelcontextprotocol/client';
import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { answerFacts } from '../answer/answer-facts.ts';
import { readAnswer } from '../answer/answer.ts';
import type { Ask } from '../answer/golden/ask-all.ts';
import { putQuestionIntoJson } from '../answer/placeholder.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import type { Channel } from './channel.ts';
import { callTool } from './client.ts';
import { untilAborted } from './deadline.ts';
import { failureOf, toolErrorOf } from './failure.ts';
import { headerProblem } from './header-params.ts';
import type { Journey } from './reach.ts';
import { readingOf } from './reading.ts';
import { inputFacts, outputFacts } from './schemas.ts';
import { Stopped } from './stop.ts';
import { channelFacts, replyOf, rpcErrorReply, type ToolReply } from './tool-reply.ts';

/** A conversation that has come as far as the tool. */
export type Talk = Journey & {
  readonly client: Client;
  readonly channel: Channel;
  readonly tool: Tool;
};

type Arguments = { readonly [name: string]: unknown };

/** What the file gives was JSON or YAML, so it is JSON; the schema of the spec only does not say so. */
const asJson = (args: Arguments): Json => JSON.parse(JSON.stringify(args));

/** Calls the tool, once. Throws what ended the call: `Stopped`, `CouldNotLook` or an error of the client library. */
const call = async (talk: Talk, args: Arguments, context: ProbeContext): Promise<ToolReply> => {
  const { client, channel, tool, trace, library } = talk;
  const span = trace.span();
  const scope = channel.scope(span, context.signal);
  try {
    const result = callTool(client, { tool, args, span }, context, scope.signal);
    return await untilAborted(
      result.then(
        (answered: CallToolResult) => replyOf(answered),
        (error: unknown) => {
          const failed = toolErrorOf(error, library);
          if (failed === null) throw error;
          return rpcErrorReply(failed);
        },
      ),
      scope.signal,
    );
  } catch (error) {
    throw scope.stopped() ?? error;
  } finally {
    scope.release();
  }
};

/**
 * What keeps the tool from being called: a schema that no client may follow, or arguments that do not fit it. The second
 * is not looked at when they are sent whatever they are, or are made of questions.
 */
export const checkInput = async ({ spec, tool, client, channel, context }: Talk): Promise<Facts> => {
  const overHttp = channel.transport === 'http' && client.getProtocolEra() === 'modern';
  const headers = overHttp ? headerProblem(asJson(tool.inputSchema)) : null;
  if (headers !== null) {
    return { 'input-valid': false, 'input-problem': `the input schema forbids a call: ${headers}` };
  }
  if (spec['check-arguments'] === false || spec.golden !== undefined) return {};
  return inputFacts(tool, asJson(spec.arguments ?? {}), context.signal);
};

/** Calls the tool with the arguments of the spec. Throws as the call does. */
export const askOnce = (talk: Talk): Promise<ToolReply> => call(talk, talk.spec.arguments ?? {}, talk.context);

/** What the reply of a single call shows. */
export const replyFacts = async (talk: Talk, reply: ToolReply): Promise<Facts> => {
  const { spec, context, tool } = talk;
  const asked = { deny: spec.deny ?? [], sentinel: spec.sentinel ?? null };
  return {
    ...answerFacts(readAnswer(reply, readingOf(spec)), asked, context.now()),
    ...channelFacts(reply),
    ...(reply.isError ? {} : await outputFacts(tool, reply.structured, context.signal)),
  };
};

/** Asks one question of a golden set: the arguments of the spec with the question in them. */
export const askByTool =
  (talk: Talk): Ask =>
  async (question, context) => {
    const { spec, tool } = talk;
    const args = putQuestionIntoJson(asJson(spec.arguments ?? {}), question);
    if (spec['check-arguments'] !== false) refuse(await inputFacts(tool, args, context.signal), 'input-problem');
    const given: Arguments = typeof args === 'object' && args !== null ? { ...args } : {};
    const reply = await call(talk, given, context).catch((error: unknown) => {
      throw lost(error, talk, context);
    });
    if (!reply.isError) refuse(await outputFacts(tool, reply.structured, context.signal), 'output-problem');
    return readAnswer(reply, readingOf(spec));
  };

const refuse = (facts: Facts, problem: string): void => {
  const why = facts[problem];
  if (typeof why === 'string') throw new CouldNotLook('schema-violation', why);
};

/** Why a question has no answer. */
const lost = (error: unknown, { library }: Talk, context: ProbeContext): CouldNotLook => {
  if (error instanceof CouldNotLook) return error;
  if (error instanceof Stopped) return new CouldNotLook(error.code, error.message, {}, { cause: error });
  if (context.signal.aborted) {
    return new CouldNotLook('timeout', `no answer within ${context.timeoutMs} ms`, {}, { cause: error });
  }
  const { code, message } = failureOf(error, 'call', library);
  return new CouldNotLook(code, message, {}, { cause: error });
};
