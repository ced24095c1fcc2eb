import { readReply } from './reply.ts';
import { refusal, type Talk } from './talk.ts';

/** Asks an SMTP server for TLS (RFC 3207). `me` is our address, as EHLO names a client without a domain. */
export const smtp = async (talk: Talk, me: string): Promise<void> => {
  const greeting = await readReply(talk, 'SMTP', 'SMTP greeting');
  if (greeting.code !== '220') throw refusal(`the SMTP server refuses us: ${greeting.shown}`);
  talk.say(`EHLO ${me}\r\n`);
  const offers = await readReply(talk, 'SMTP', 'reply to EHLO');
  if (offers.code !== '250') throw refusal(`the SMTP server refuses EHLO: ${offers.shown}`);
  if (!offers.lines.slice(1).some((line) => line.toUpperCase() === 'STARTTLS')) {
    throw refusal('the SMTP server does not offer STARTTLS');
  }
  talk.say('STARTTLS\r\n');
  const answer = await readReply(talk, 'SMTP', 'reply to STARTTLS');
  if (answer.code !== '220') throw refusal(`the SMTP server refuses STARTTLS: ${answer.shown}`);
};
