import { readReply } from './reply.ts';
import { refusal, type Talk } from './talk.ts';

/** Asks an FTP server for TLS (RFC 4217). */
export const ftp = async (talk: Talk): Promise<void> => {
  const greeting = await readReply(talk, 'FTP', 'FTP greeting');
  if (greeting.code !== '220') throw refusal(`the FTP server refuses us: ${greeting.shown}`);
  talk.say('AUTH TLS\r\n');
  const answer = await readReply(talk, 'FTP', 'reply to AUTH TLS');
  if (answer.code !== '234') throw refusal(`the FTP server does not offer TLS (AUTH TLS): ${answer.shown}`);
};
