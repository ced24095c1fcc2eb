import type { ReasonCode } from '../../model/reason-code.ts';
import { invalidResponse, notHttp } from '../engine/parse-head.ts';
import { byteSize, printable } from '../engine/printable.ts';
import { CouldNotLook } from '../probe.ts';
import type { Settings } from './settings.ts';

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** What our library calls a rule of RFC 6455 that a frame breaks. */
const RULES: ReadonlyMap<string, string> = new Map([
  ['WS_ERR_EXPECTED_FIN', 'a control frame is fragmented'],
  ['WS_ERR_INVALID_CLOSE_CODE', 'a close frame has a code that none may have'],
  ['WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH', 'a control frame has a length that none may have'],
  ['WS_ERR_INVALID_OPCODE', 'a frame has an opcode that may not come here'],
  ['WS_ERR_UNEXPECTED_MASK', 'the server masks its frames, which only clients do'],
  ['WS_ERR_UNEXPECTED_RSV_1', 'a frame has the reserved bit RSV1 set, and nothing that was agreed uses it'],
  ['WS_ERR_UNEXPECTED_RSV_2_3', 'a frame has the reserved bits RSV2 or RSV3 set'],
]);

const tooLarge = (message: string): CouldNotLook => new CouldNotLook('body-limit', message);

/** What broke an open connection, as a reason; null when the error is none of WebSocket. */
export const frameFault = (error: Error, { messageBytes }: Settings): CouldNotLook | null => {
  const code = codeOf(error);
  const rule = RULES.get(code);
  if (rule !== undefined) return invalidResponse(rule);
  if (code === 'WS_ERR_INVALID_UTF8')
    return new CouldNotLook('invalid-utf8', 'a text of the server is not valid UTF-8');
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return tooLarge(`a message is over ${byteSize(messageBytes)}`);
  if (code === 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH') return tooLarge('a frame announces over 2^53 bytes');
  if (code === 'WS_ERR_TOO_MANY_BUFFERED_PARTS') return tooLarge('a message comes in too many pieces');
  return code.startsWith('Z_') ? new CouldNotLook('decode-error', 'a message cannot be decompressed') : null;
};

/** What a handshake is made of, for messages about it. */
export type HandshakeSeen = {
  /** Value of a header of the answer by its lower-case name; null when there is none. */
  readonly header: (name: string) => string | null;
  readonly offered: readonly string[];
  readonly headerBytes: number;
};

const quoted = (text: string | null): string => `\`${printable(text ?? '', 60)}\``;

/** Our library tells these apart by their words alone. */
const HANDSHAKE_RULES: ReadonlyMap<string, (seen: HandshakeSeen) => string> = new Map([
  [
    'Invalid Upgrade header',
    ({ header }) => `the Upgrade header of the 101 is ${quoted(header('upgrade'))}, not websocket`,
  ],
  [
    'Invalid Sec-WebSocket-Accept header',
    ({ header }) =>
      header('sec-websocket-accept') === null
        ? 'the 101 has no Sec-WebSocket-Accept'
        : 'Sec-WebSocket-Accept does not fit the key that we sent: an answer out of a cache, or no WebSocket server',
  ],
  [
    'Server sent a subprotocol but none was requested',
    ({ header }) =>
      `the server chose the subprotocol ${quoted(header('sec-websocket-protocol'))}, and none was offered`,
  ],
  [
    'Server sent an invalid subprotocol',
    ({ header, offered }) =>
      `the server chose the subprotocol ${quoted(header('sec-websocket-protocol'))}, and ${offered.join(', ')} was offered`,
  ],
  [
    'Server sent no subprotocol',
    ({ offered }) => `the server chose none of the subprotocols that were offered (${offered.join(', ')})`,
  ],
  ['Invalid Sec-WebSocket-Extensions header', extensionRule],
  ['Server indicated an extension that was not requested', extensionRule],
]);

function extensionRule({ header }: HandshakeSeen): string {
  return `the server chose extensions that were not offered: ${quoted(header('sec-websocket-extensions'))}`;
}

const parserFault = (error: Error, { headerBytes }: HandshakeSeen): CouldNotLook => {
  if (codeOf(error) === 'HPE_HEADER_OVERFLOW') {
    return new CouldNotLook('header-limit', `the header section is over ${byteSize(headerBytes)}`);
  }
  const packet = 'rawPacket' in error && error.rawPacket instanceof Uint8Array ? error.rawPacket : null;
  if (packet !== null && !Buffer.from(packet).toString('latin1').startsWith('HTTP/')) return notHttp(packet);
  const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
  return invalidResponse(printable(reason, 100));
};

/** Why a handshake failed, as a reason; null when the error is one of the network. */
export const handshakeFault = (error: Error, seen: HandshakeSeen): CouldNotLook | null => {
  const rule = HANDSHAKE_RULES.get(error.message);
  if (rule !== undefined) return invalidResponse(rule(seen));
  if (codeOf(error).startsWith('HPE_')) return parserFault(error, seen);
  const isHungUp = codeOf(error) === 'ECONNRESET' && !('syscall' in error);
  const code: ReasonCode = 'closed-early';
  return isHungUp ? new CouldNotLook(code, 'the server closed the connection without answering the handshake') : null;
};
