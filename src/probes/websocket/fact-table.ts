import type { FactTable } from '../../model/fact.ts';
import { streamFactTable } from '../sse/fact-table.ts';

/** What a WebSocket shows. */
export const websocketFactTable: FactTable = {
  ...streamFactTable,
  state: {
    type: 'string',
    description:
      'how it stood at the end: `open`, `closed` by the server, or `refused`: the handshake was answered by something other than 101',
    code: 'stream-closed',
  },
  subprotocol: { type: 'string', description: 'the subprotocol that the server chose; absent when none was offered' },
  extensions: { type: 'string', description: 'extensions in use, as `permessage-deflate`; absent when there are none' },
  messages: { type: 'number', description: 'messages that came, text and binary' },
  size: { type: 'bytes', description: 'length of all messages, decompressed' },
  'first-message': { type: 'string', description: 'the first message; absent when none came or it was binary' },
  answered: { type: 'boolean', description: 'whether the answer came; absent when none was awaited' },
  answer: { type: 'string', description: 'the whole answer; absent when none came or it was binary' },
  'answer-size': { type: 'bytes', description: 'length of the answer' },
  'answer-after': { type: 'duration', description: 'from sending, or opening, to the answer', code: 'slow' },
  json: { type: 'json', description: 'the answer as JSON; absent when it is not JSON' },
  $: { type: 'json', description: 'a JSONPath (RFC 9535) over `json`, as `$.type`' },
  pings: { type: 'number', description: 'pings and pongs that came; each is a sign of life, as is each message' },
  'close-code': {
    type: 'number',
    description: 'with which code the server closed; 1005 without one, 1006 when it dropped the connection',
    code: 'stream-closed',
  },
  'close-reason': { type: 'string', description: 'the text beside the code; absent when there is none' },
};
