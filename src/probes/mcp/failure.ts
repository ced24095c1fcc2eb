import type * as Sdk from '@modelcontextprotocol/client';
import { isJsonObject, type Json } from '../../model/json.ts';
import { readJson } from '../http/json-text.ts';
import { quoted } from '../answer/bounds.ts';
import type { Failure } from './stop.ts';

/** Where a conversation stands. */
export type Step = 'connect' | 'list' | 'call';

/** What is done in each step, for messages. */
export const STEPS = { connect: 'the MCP handshake', list: 'tools/list', call: 'tools/call' } as const;

/** The library's error classes; handed in because the library is loaded only when a look needs it. */
export type ErrorClasses = Pick<
  typeof Sdk,
  'ProtocolError' | 'SdkError' | 'SdkHttpError' | 'UnsupportedProtocolVersionError'
>;

/** Codes of JSON-RPC errors that are about the conversation and not about the tool. */
const ENVELOPE_CODES = new Map<number, readonly [code: Failure['code'], meaning: string]>([
  [-32_700, ['mcp-protocol', 'the server could not parse our request']],
  [-32_600, ['mcp-protocol', 'the server takes our request for invalid']],
  [-32_601, ['mcp-protocol', 'the server does not know the method that it must have']],
  [-32_020, ['mcp-handshake', 'the Mcp-* headers did not arrive as sent: a proxy probably strips or rewrites them']],
  [-32_021, ['input-required', 'the server wants something that only an interactive client can give']],
  [-32_022, ['mcp-version', 'the server does not speak the protocol version']],
]);

/** The tool's own failure on the JSON-RPC channel; null for an error that is about the conversation. */
export const toolErrorOf = (error: unknown, sdk: ErrorClasses): { code: number; message: string } | null =>
  error instanceof sdk.ProtocolError && !ENVELOPE_CODES.has(error.code)
    ? { code: error.code, message: error.message }
    : null;

/** The data of a JSON-RPC error, on whatever level it came: what the server wrote, typed as unknown by the library. */
const dataOf = (error: unknown, sdk: ErrorClasses): unknown => {
  if (error instanceof sdk.ProtocolError) return error.data;
  return error instanceof sdk.SdkHttpError ? errorBody(error.data['text'])?.data : undefined;
};

/** The versions that a server names as its own when it refuses another; empty when it names none. */
const versionsIn = (data: unknown): readonly string[] =>
  typeof data === 'object' && data !== null && 'supported' in data && Array.isArray(data.supported)
    ? data.supported.map(String)
    : [];

/** Whether a server refuses the handshake of the older era and names `revision` as one that it speaks. */
export const isVersionRefusal = (error: unknown, revision: string, sdk: ErrorClasses): boolean =>
  error instanceof sdk.UnsupportedProtocolVersionError
    ? error.supported.includes(revision)
    : versionsIn(dataOf(error, sdk)).includes(revision);

/** Whether nothing at this address speaks Streamable HTTP, so that the older HTTP+SSE may be meant (2025-03-26 on). */
export const hasNoEndpoint = (error: unknown, sdk: ErrorClasses): boolean =>
  error instanceof sdk.SdkHttpError &&
  (error.status === 400 || error.status === 404 || error.status === 405) &&
  errorBody(error.data['text']) === null;

/** What an error of the client library means, in our words: its own names hide the cause. */
export const failureOf = (error: unknown, step: Step, sdk: ErrorClasses): Failure => {
  if (error instanceof sdk.UnsupportedProtocolVersionError) return versionFailure(error.supported);
  if (error instanceof sdk.ProtocolError) return protocolFailure(error.code, error.message, step, error.data);
  if (error instanceof sdk.SdkHttpError) {
    const body = errorBody(error.data['text']);
    return body === null ? httpFailure(error.status, step) : protocolFailure(body.code, body.message, step, body.data);
  }
  if (error instanceof sdk.SdkError) return sdkFailure(error, step);
  const message = error instanceof Error ? error.message : String(error);
  if (step === 'connect' && /protocol version/i.test(message)) {
    return { code: 'mcp-version', message: `no protocol version in common: ${quoted(message)}` };
  }
  const code = step === 'connect' ? 'mcp-handshake' : 'mcp-protocol';
  return { code, message: `the answer of the server does not fit the protocol: ${quoted(message)}` };
};

/** The JSON-RPC error in the body of an HTTP error; null when there is none. */
const errorBody = (text: unknown): { code: number; message: string; data: Json | undefined } | null => {
  const read = typeof text === 'string' ? readJson(text) : null;
  const error = read?.ok === true && isJsonObject(read.value) ? read.value['error'] : undefined;
  if (!isJsonObject(error) || typeof error['code'] !== 'number') return null;
  return { code: error['code'], message: String(error['message'] ?? ''), data: error['data'] };
};

const versionFailure = (supported: readonly string[]): Failure => ({
  code: 'mcp-version',
  message: `the server is up and speaks only ${quoted(supported.slice(0, 10).join(', '))}`,
});

const protocolFailure = (code: number, message: string, step: Step, data: unknown): Failure => {
  const supported = versionsIn(data);
  if (code === -32_022 && supported.length > 0) return versionFailure(supported);
  const known = ENVELOPE_CODES.get(code);
  const said = `error ${code}, ${quoted(message)}`;
  if (known !== undefined) return { code: known[0], message: `${known[1]} (${said})` };
  return step === 'connect'
    ? { code: 'mcp-handshake', message: `the server refuses the handshake (${said})` }
    : {
        code: 'mcp-protocol',
        message: `the server refuses ${step === 'list' ? 'tools/list' : 'tools/call'} (${said})`,
      };
};

const httpFailure = (status: number, step: Step): Failure => {
  const where = STEPS[step];
  if (step === 'connect' && (status === 404 || status === 405)) {
    return { code: 'http-4xx', message: `no MCP endpoint at this path (HTTP ${status})` };
  }
  if (status === 404) {
    return { code: 'mcp-protocol', message: `the server forgot the session before ${where} (HTTP 404)` };
  }
  if (status === 406) {
    return {
      code: 'http-4xx',
      message: `the server does not take our Accept header, or a proxy removes it (HTTP 406)`,
    };
  }
  return status === 400 && step === 'connect'
    ? { code: 'mcp-handshake', message: `the server refuses the handshake (HTTP 400)` }
    : { code: 'http-4xx', message: `the server answered ${where} with HTTP ${status}` };
};

const sdkFailure = (error: Sdk.SdkError, step: Step): Failure => {
  const said = quoted(error.message);
  const code: string = error.code;
  if (code === 'UNSUPPORTED_RESULT_TYPE') {
    return { code: 'input-required', message: `the tool wants input from a person and gave no result (${said})` };
  }
  if (code === 'ERA_NEGOTIATION_FAILED')
    return { code: 'mcp-version', message: `the server does not speak the asked era (${said})` };
  if (code === 'CONNECTION_CLOSED') {
    return { code: 'closed-early', message: 'the server closed the event stream before it answered' };
  }
  return {
    code: step === 'connect' ? 'mcp-handshake' : 'mcp-protocol',
    message: `the answer of the server does not fit the protocol (${said})`,
  };
};
