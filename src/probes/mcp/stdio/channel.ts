import type { JSONRPCMessage } from '@modelcontextprotocol/client';
import { CouldNotLook, type ProbeContext } from '../../probe.ts';
import { quoted } from '../../answer/bounds.ts';
import { wholeChannel, type Channel } from '../channel.ts';
import type { Library } from '../client.ts';
import { newHalt, type Halt } from '../halt.ts';
import { newInbox, type Inbox } from '../inbox.ts';
import { asProcess, newPipe, type Pipe } from '../pipe.ts';
import type { Spec } from '../schema.ts';
import { Stopped } from '../stop.ts';
import type { Traffic } from '../traffic.ts';
import { deafMessage, exitMessage } from './exit-message.ts';
import { splitLines } from './lines.ts';
import { readMessageLine } from './message-line.ts';
import { newNoise, type Noise } from './noise.ts';
import { startServer, type Server } from './server.ts';

const LONGEST_LINE = 10 * 1024 * 1024;
/** All that a server writes to stdout in one look. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Who closes stdout ends in a moment, if it ends at all. */
const LAST_MS = 200;

type Reading = {
  readonly library: Library;
  readonly inbox: Inbox;
  readonly noise: Noise;
  readonly halt: Halt;
  readonly deliver: (message: JSONRPCMessage) => void;
};

/** One line of stdout; whatever it is, it can end the conversation and nothing else. */
const takeLine = (line: Buffer, { library, inbox, noise, halt, deliver }: Reading): void => {
  if (halt.stopped() !== null) return;
  const read = readMessageLine(line);
  if (read.is === 'blank') return;
  if (read.is === 'noise') return noise.add(line);
  if (read.is === 'broken') return halt.stop(new Stopped(read.failure));
  const sorted = inbox.sort(read.message);
  if (sorted === 'drop') return;
  if (sorted !== 'deliver') return halt.stop(new Stopped(sorted));
  try {
    deliver(library.parseJSONRPCMessage(read.message));
  } catch (cause) {
    const message = `the server wrote what is no JSON-RPC message: ${quoted(line.toString('utf8', 0, 400), 100)}`;
    halt.stop(new Stopped({ code: 'mcp-protocol', message }, { cause }));
  }
};

/** Reads stdout whatever comes, so that the server is never held up; `unfinished` is the line that has no end yet. */
const readStdout = ({ stdout }: Server, reading: Reading) => {
  const lines = splitLines(LONGEST_LINE, (line) => takeLine(line, reading));
  let total = 0;
  stdout.on('data', (chunk: Buffer) => {
    if (reading.halt.stopped() !== null) return;
    try {
      total += chunk.length;
      if (total > MOST_BYTES) {
        throw new CouldNotLook('body-limit', 'the server wrote more than 32 MiB to stdout in one look');
      }
      lines.push(chunk);
    } catch (error) {
      reading.halt.stop(error instanceof Error ? error : new Error(String(error)));
    }
  });
  return lines;
};

const begunLine = (line: Buffer): string =>
  line.length === 0 ? '' : `; stdout ends in a line without its end: ${quoted(line.toString('utf8', 0, 400), 100)}`;

/** Starts the program of a spec and talks to it over its stdin and stdout. */
export const openStdio = async (
  library: Library,
  spec: Spec,
  context: ProbeContext,
  traffic: Traffic,
): Promise<Channel> => {
  const server = await startServer(spec, context);
  const halt = newHalt(context.signal);
  const inbox = newInbox(traffic);
  const noise = newNoise();
  let pipe: Pipe | null = null;
  const lines = readStdout(server, { library, inbox, noise, halt, deliver: (message) => pipe?.deliver(message) });
  let lost: ((waitingFor: string) => string) | null = null;

  /** A server that is gone is a failure only when something was still wanted of it. */
  const lose = (message: (waitingFor: string) => string): void => {
    lost = message;
    const waitingFor = inbox.waitingFor();
    if (waitingFor !== null) halt.stop(new Stopped({ code: 'mcp-server-exit', message: message(waitingFor) }));
  };
  void server.gone.then((end) => {
    lose((waitingFor) => exitMessage(end, waitingFor, lines.unfinished(), server.stderr()));
  });
  let deaf: NodeJS.Timeout | undefined;
  const onClosed = (): void => {
    deaf = setTimeout(() => {
      lose((waitingFor) => deafMessage(waitingFor, lines.unfinished(), server.stderr()));
    }, LAST_MS);
    void server.gone.then(() => clearTimeout(deaf));
  };
  server.stdout.once('close', onClosed);

  const send = async (message: JSONRPCMessage): Promise<void> => {
    inbox.sent(message);
    if (lost !== null) lose(lost);
    halt.signal.throwIfAborted();
    server.stdin?.write(`${JSON.stringify(message)}\n`);
  };

  return {
    transport: 'stdio',
    line: () => (pipe = asProcess(newPipe({ start: async () => {}, send }))),
    signal: halt.signal,
    stopped: halt.stopped,
    scope: (_span, within) => wholeChannel(halt, within),
    answered: () => true,
    diedOfProbe: () => lost !== null && !inbox.hasGreeted(),
    unfinished: () => `${noise.clause()}${begunLine(lines.unfinished())}`,
    facts: () => ({ transport: 'stdio', ...server.facts(), ...noise.facts(), ...traffic.facts() }),
    // What the server still writes until it is gone is looked at like everything else.
    leave: async (brief) => {
      server.stdout.off('close', onClosed);
      clearTimeout(deaf);
      await server.leave(brief);
    },
  };
};
