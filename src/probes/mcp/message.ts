import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

/** What identifies a request of ours; a server has to give it back as it came. */
export type RequestId = string | number;

/** Narrows to an object that says that it is a JSON-RPC 2.0 message. */
export const isMessage = (value: Json | undefined): value is JsonObject =>
  isJsonObject(value) && value['jsonrpc'] === '2.0';

/** Whether a message asks for or tells something by itself, instead of answering. */
export const isUnasked = (message: JsonObject): boolean => Object.hasOwn(message, 'method');

/** What is wrong with an answer whatever it answers, as a clause; null when it holds one of result and error. */
export const answerFlaw = (answer: JsonObject): string | null => {
  const kinds = ['result', 'error'].filter((key) => Object.hasOwn(answer, key));
  return kinds.length === 1 ? null : `the answer holds ${kinds.length === 2 ? 'both' : 'neither'} result and error`;
};
