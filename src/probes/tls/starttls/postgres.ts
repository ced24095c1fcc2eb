import { refusal, type Talk } from './talk.ts';

/** Length 8 and the number that stands for "TLS, please" (PostgreSQL, Frontend/Backend Protocol, SSLRequest). */
const SSL_REQUEST = Uint8Array.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f);

const byteName = (byte: number): string => `0x${byte.toString(16).padStart(2, '0')}`;

/** Asks a Postgres server for TLS. */
export const postgres = async (talk: Talk): Promise<void> => {
  talk.say(SSL_REQUEST);
  const byte = await talk.byte('answer to SSLRequest');
  const answer = String.fromCodePoint(byte);
  if (answer === 'S') return;
  if (answer === 'N') throw refusal('the Postgres server does not offer TLS');
  if (answer === 'E') throw refusal('the Postgres server answered the request for TLS with an error');
  throw refusal(`the server does not speak Postgres on this port: its answer starts with ${byteName(byte)}`);
};
