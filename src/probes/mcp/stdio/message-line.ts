import { isUtf8 } from 'node:buffer';
import type { JsonObject } from '../../../model/json.ts';
import { readJson } from '../../http/json-text.ts';
import { quoted } from '../../answer/bounds.ts';
import { isMessage } from '../message.ts';
import type { Failure } from '../stop.ts';

/** What a line on stdout is. `blank` is nothing at all; `noise` belongs anywhere but there. */
export type MessageLine =
  | { readonly is: 'message'; readonly message: JsonObject }
  | { readonly is: 'broken'; readonly failure: Failure }
  | { readonly is: 'noise' }
  | { readonly is: 'blank' };

/** A line that means to be a message and is none tells more than noise does: nothing after it can be trusted. */
const broken = (problem: string, text: string): MessageLine => ({
  is: 'broken',
  failure: { code: 'mcp-protocol', message: `the server wrote a message that ${problem}: ${quoted(text, 100)}` },
});

/** Reads one line of stdout, without its end. */
export const readMessageLine = (line: Buffer): MessageLine => {
  const text = line.toString('utf8').trim();
  if (text === '') return { is: 'blank' };
  const meant = /^[[{]/.test(text) && text.includes('"jsonrpc"');
  if (!isUtf8(line)) return meant ? broken('is not UTF-8', text) : { is: 'noise' };
  const read = /^[[{]/.test(text) ? readJson(text) : null;
  if (read === null) return { is: 'noise' };
  if (!read.ok) return meant ? broken(`cannot be read, because ${read.problem}`, text) : { is: 'noise' };
  if (isMessage(read.value)) return { is: 'message', message: read.value };
  const isBatch = Array.isArray(read.value) && read.value.some((one) => isMessage(one));
  return isBatch ? broken('is a batch of several, which MCP does not have', text) : { is: 'noise' };
};
