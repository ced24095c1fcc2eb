import { BadMessage } from './bad-message.ts';
import { decodeMessage, type DnsMessage, messageId } from './message.ts';

/** A query that is ready to go, and what an answer to it looks like. */
export type Question = {
  readonly id: number;
  readonly bytes: Buffer;
  /** Canonical. */
  readonly name: string;
  readonly type: number;
};

/** What came of asking one server once. */
export type Reply =
  | { readonly state: 'answer'; readonly message: DnsMessage }
  | { readonly state: 'silent' }
  /** Nobody listens there. */
  | { readonly state: 'closed' }
  /** What came cannot be read, or the way there is broken. */
  | { readonly state: 'broken'; readonly error: string };

/** Whether a message of the right id answers the question, by the question that it repeats. An error may leave that out. */
const isAnswerTo = ({ name, type }: Question, message: DnsMessage): boolean =>
  message.isResponse &&
  (message.question === null ? message.rcode !== 0 : message.question.name === name && message.question.type === type);

/**
 * Reads what came; null for what is no answer to the question. A bad message with the right id is the server's fault.
 * Never throws: it is called where an error would be nobody's.
 */
export const readReply = (question: Question, bytes: Buffer): Reply | null => {
  if (messageId(bytes) !== question.id) return null;
  try {
    const message = decodeMessage(bytes);
    return isAnswerTo(question, message) ? { state: 'answer', message } : null;
  } catch (error) {
    return { state: 'broken', error: error instanceof BadMessage ? error.message : 'it cannot be read' };
  }
};

const UNREACHED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET']);

/** A socket's error as what it says of the server. */
export const brokenBy = (error: Error): Reply => {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  return UNREACHED.has(code) ? { state: 'closed' } : { state: 'broken', error: code };
};
