import { quoted, refusal, type Talk } from './talk.ts';

const readStatus = async (talk: Talk, what: string): Promise<{ readonly ok: boolean; readonly line: string }> => {
  const line = await talk.line(what);
  if (!/^(?:\+OK|-ERR)\b/.test(line)) {
    throw refusal(`the server does not speak POP3 on this port: it said ${quoted(line)}`);
  }
  return { ok: line.startsWith('+OK'), line };
};

/** Asks a POP3 server for TLS (RFC 2595). */
export const pop3 = async (talk: Talk): Promise<void> => {
  const greeting = await readStatus(talk, 'POP3 greeting');
  if (!greeting.ok) throw refusal(`the POP3 server refuses us: ${quoted(greeting.line)}`);
  talk.say('STLS\r\n');
  const answer = await readStatus(talk, 'reply to STLS');
  if (!answer.ok) throw refusal(`the POP3 server does not offer TLS (STLS): ${quoted(answer.line)}`);
};
