import { quoted, refusal, type Talk } from './talk.ts';

/** A reply of SMTP or FTP: three digits, and the text of its lines. */
export type Reply = { readonly code: string; readonly lines: readonly string[]; readonly shown: string };

const MOST_LINES = 100;

/** Reads one reply, of one line or several (RFC 5321, 4.2; RFC 959, 4.2). `protocol` is for messages. */
export const readReply = async (talk: Talk, protocol: string, what: string): Promise<Reply> => {
  const first = await talk.line(what);
  const [, code, separator] = /^(\d{3})([ -]|$)/.exec(first) ?? [];
  if (code === undefined) throw refusal(`the server does not speak ${protocol} on this port: it said ${quoted(first)}`);
  const lines = [first];
  for (let last = separator !== '-'; !last;) {
    const line = await talk.line(what);
    lines.push(line);
    last = line === code || line.startsWith(`${code} `);
    if (lines.length > MOST_LINES) throw refusal(`the ${protocol} server gave a reply of over ${MOST_LINES} lines`);
  }
  return {
    code,
    lines: lines.map((line) => line.replace(/^\d{3}[ -]?/, '').trim()),
    shown: quoted(lines.at(-1) ?? ''),
  };
};
