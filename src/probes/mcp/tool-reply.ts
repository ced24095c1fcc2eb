import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/client';
import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import type { Reply } from '../answer/answer.ts';

/** What a call came back with, on either channel. */
export type ToolReply = Reply & {
  /** The structured content alone; `json` may also come out of a text. */
  readonly structured: Json | undefined;
  /** Null when it came as a result; else the code of the JSON-RPC error. */
  readonly rpcCode: number | null;
};

/** What an item of the content says in words. A link to a document is what some search tools find. */
const textOf = (item: ContentBlock): readonly string[] => {
  if (item.type === 'text') return [item.text];
  if (item.type === 'resource_link') return [item.uri];
  return item.type === 'resource' && 'text' in item.resource ? [item.resource.text] : [];
};

/** The library hands on what `JSON.parse` gave, typed as unknown. */
const isParsed = (value: unknown): value is Json => value !== undefined;

/** The reply of a call that came back as a result, be it an error or not. */
export const replyOf = ({ isError, content, structuredContent }: CallToolResult): ToolReply => {
  const structured = isParsed(structuredContent) ? structuredContent : undefined;
  return { isError: isError === true, texts: content.flatMap(textOf), json: structured, structured, rpcCode: null };
};

/** The reply of a tool that failed by a JSON-RPC error. */
export const rpcErrorReply = ({ code, message }: { code: number; message: string }): ToolReply => ({
  isError: true,
  texts: [message],
  json: undefined,
  structured: undefined,
  rpcCode: code,
});

/** What is told of a failure beside the answer itself. */
export const channelFacts = ({ isError, rpcCode }: ToolReply): Facts => ({
  ...(isError ? { 'error-channel': rpcCode === null ? 'result' : 'protocol' } : {}),
  ...(rpcCode === null ? {} : { 'rpc-code': rpcCode }),
});
