import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import type { Head, Timings } from '../engine/answer.ts';
import { connectionFacts } from '../engine/facts.ts';
import { connectionOf, type Trace } from '../engine/trace.ts';
import { headerFacts } from '../http/header-facts.ts';
import { readJson } from '../http/json-text.ts';
import { unreachableFacts } from '../http/unreachable.ts';
import { rounded } from '../sse/tally.ts';
import type { Open, TalkEnd } from './converse.ts';
import type { Message } from './talk.ts';

/** What the connection and the answer to the handshake show. */
export const handshakeFacts = (head: Head, trace: Trace, timings: Timings): Facts => {
  const connection = connectionFacts(connectionOf(trace), timings);
  return {
    status: head.status,
    'status-text': head.statusText,
    headers: headerFacts(head.headers),
    ...connection,
    ...unreachableFacts([connection]),
    duration: timings.total,
  };
};

const textFact = (name: string, message: Message | null): Facts =>
  message?.text === undefined || message.text === null ? {} : { [name]: message.text };

const jsonFact = (text: string | null): { readonly json?: Json } => {
  const read = text === null ? null : readJson(text);
  return read?.ok === true ? { json: read.value } : {};
};

const answerFacts = ({ talk: { answer, askedAt }, settings }: Open): Facts => {
  if (!settings.awaitsAnswer) return {};
  if (answer === null || askedAt === null) return { answered: false };
  return {
    answered: true,
    ...textFact('answer', answer),
    'answer-size': answer.size,
    'answer-after': rounded(answer.at - askedAt),
    ...jsonFact(answer.text),
  };
};

/** What came over an open connection up to an instant. */
export const talkFacts = (open: Open, until: number): Facts => {
  const { socket, talk, openedAt } = open;
  const gap = talk.pulse.longest(until);
  return {
    opened: true,
    ...(socket.protocol === '' ? {} : { subprotocol: socket.protocol }),
    ...(socket.extensions === '' ? {} : { extensions: socket.extensions }),
    messages: talk.messages,
    size: talk.size,
    pings: talk.pings,
    ...textFact('first-message', talk.first),
    ...answerFacts(open),
    'max-gap': rounded(gap.ms),
    'max-gap-from': rounded(gap.from - openedAt),
    lasted: rounded(until - openedAt),
  };
};

/** How a connection stood when the talk was over, and how the server closed it if it did. */
export const endFacts = ({ closing }: TalkEnd): Facts =>
  closing === null
    ? { state: 'open' }
    : {
        state: 'closed',
        'close-code': closing.code,
        ...(closing.reason === '' ? {} : { 'close-reason': closing.reason }),
      };
