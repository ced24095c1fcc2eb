import type { Json } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import { printable } from '../engine/printable.ts';
import { addressSigns } from '../http/family-facts.ts';
import { readJson } from '../http/json-text.ts';
import { httpSigns, tlsSigns } from '../http/signs.ts';
import { gapSigns, signsOn } from '../sse/explain.ts';
import { showTime } from '../sse/show-time.ts';
import type { Spec } from './schema.ts';
import { type Settings, settingsOf } from './settings.ts';

const SHOWN = 120;

const number = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);

const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

/** RFC 6455, 7.4.1, and the registry of IANA. */
const CLOSE_NAMES: ReadonlyMap<number, string> = new Map([
  [1000, 'normal closure'],
  [1001, 'going away'],
  [1002, 'protocol error'],
  [1003, 'unsupported data'],
  [1007, 'invalid payload'],
  [1008, 'policy violation'],
  [1009, 'message too big'],
  [1010, 'extension missing'],
  [1011, 'internal error'],
  [1012, 'service restart'],
  [1013, 'try again later'],
  [1014, 'bad gateway'],
]);

const closing = (facts: Facts): string => {
  const code = number(facts['close-code']);
  if (code === 1006) return 'the server dropped the connection without closing it (1006)';
  if (code === 1005) return 'the server closed the connection without saying why (1005)';
  const name = CLOSE_NAMES.get(code);
  const reason = text(facts['close-reason']);
  const said = reason === null ? '' : `, "${printable(reason, SHOWN)}"`;
  return `the server closed the connection with ${code}${name === undefined ? '' : ` (${name})`}${said}`;
};

const refusedSigns = (facts: Facts): readonly Sign[] => {
  const asked = ['state', 'opened', 'status', 'answered'];
  const { status } = facts;
  if (typeof status === 'number' && status >= 200 && status < 300) {
    const message = `the server answers ${status} and does not switch to WebSocket: nothing takes part in the handshake here`;
    return signsOn(asked, 'http-status', message);
  }
  const sign = httpSigns(facts).find(({ fact }) => fact === 'status');
  if (sign === undefined) return [];
  const wants = status === 426 ? ': it wants another protocol or version' : '';
  return signsOn(asked, sign.code, `${sign.message}${wants}`);
};

const closedSigns = (facts: Facts, { awaitsClose }: Settings): readonly Sign[] => {
  const message = `${closing(facts)}, ${showTime(number(facts['lasted']))} after it opened`;
  const unasked = awaitsClose ? [] : ['state', 'lasted', 'close-code'];
  const unanswered = facts['answered'] === false ? ['answered'] : [];
  return signsOn([...unasked, ...unanswered], 'stream-closed', message);
};

const stateSigns = (facts: Facts, settings: Settings): readonly Sign[] => {
  const { awaitsClose, withinMs } = settings;
  if (facts['state'] === 'refused') return refusedSigns(facts);
  if (facts['state'] === 'closed') return closedSigns(facts, settings);
  return awaitsClose && facts['state'] === 'open'
    ? signsOn(['state'], 'timeout', `the server did not close the connection within ${showTime(withinMs)}`)
    : [];
};

const answerSigns = (facts: Facts, spec: Spec): readonly Sign[] => {
  const { withinMs } = settingsOf(spec);
  if (facts['answered'] !== false || facts['state'] !== 'open') return [];
  const messages = number(facts['messages']);
  const time = showTime(withinMs);
  if (messages === 0) return signsOn(['answered'], 'timeout', `no answer came within ${time}, and no other message`);
  const none = spec.answer === undefined ? 'none after ours' : `none is the answer; the first is ${quoted(facts)}`;
  const count = `${messages} message${messages === 1 ? '' : 's'} came within ${time}`;
  return signsOn(['answered'], 'value-missing', `${count}, and ${none}`);
};

const quoted = (facts: Facts): string => {
  const first = text(facts['first-message']);
  return first === null ? 'binary' : `"${printable(first, SHOWN)}"`;
};

const jsonSigns = (facts: Facts): readonly Sign[] => {
  const answer = text(facts['answer']);
  if (answer === null || facts['json'] !== undefined) return [];
  const read = readJson(answer);
  return read.ok ? [] : signsOn(['json'], 'not-json', `the answer is not JSON: ${read.problem}`);
};

/** The conditions that a WebSocket can show. Pure. */
export const explainWebsocket = (facts: Facts, spec: Spec): readonly Sign[] => [
  ...stateSigns(facts, settingsOf(spec)),
  ...answerSigns(facts, spec),
  ...gapSigns(facts, settingsOf(spec).heartbeatMs),
  ...jsonSigns(facts),
  ...tlsSigns(facts),
  ...addressSigns(facts),
];
