import { quoted, refusal, type Talk } from './talk.ts';

const MOST_LINES = 100;

/** The untagged lines before the end of a command, and that end without its tag. */
const readTagged = async (talk: Talk, tag: string, what: string) => {
  const untagged: string[] = [];
  for (;;) {
    const line = await talk.line(what);
    if (line.startsWith(`${tag} `)) return { untagged, end: line.slice(tag.length + 1) };
    untagged.push(line);
    if (untagged.length > MOST_LINES) throw refusal(`the IMAP server gave a reply of over ${MOST_LINES} lines`);
  }
};

const isOk = (end: string): boolean => /^OK\b/i.test(end);

/** Asks an IMAP server for TLS (RFC 9051, 6.2.1). */
export const imap = async (talk: Talk): Promise<void> => {
  const greeting = await talk.line('IMAP greeting');
  const [, state] = /^\* (OK|PREAUTH|BYE)\b/i.exec(greeting) ?? [];
  if (state === undefined) throw refusal(`the server does not speak IMAP on this port: it said ${quoted(greeting)}`);
  if (state.toUpperCase() !== 'OK') throw refusal(`the IMAP server lets nobody ask for TLS: ${quoted(greeting)}`);
  talk.say('a1 CAPABILITY\r\n');
  const offers = await readTagged(talk, 'a1', 'reply to CAPABILITY');
  if (!isOk(offers.end)) throw refusal(`the IMAP server refuses CAPABILITY: ${quoted(offers.end)}`);
  const words = offers.untagged.flatMap((line) => (/^\* CAPABILITY /i.test(line) ? line.toUpperCase().split(' ') : []));
  if (!words.includes('STARTTLS')) throw refusal('the IMAP server does not offer STARTTLS');
  talk.say('a2 STARTTLS\r\n');
  const { end } = await readTagged(talk, 'a2', 'reply to STARTTLS');
  if (!isOk(end)) throw refusal(`the IMAP server refuses STARTTLS: ${quoted(end)}`);
};
