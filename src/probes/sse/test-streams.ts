import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { listen, stop } from '../../../tests/stack/listen.ts';

/** For tests: a server of event streams and how to end it. */
export type StreamServer = {
  readonly url: string;
  readonly requests: readonly IncomingMessage[];
  /** Resolves when every connection that there was is closed. */
  readonly closed: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type Act = (response: ServerResponse, request: IncomingMessage) => void;

/** For tests: a real HTTP server that does with each response what the test says. */
export const startHttp = async (act: Act): Promise<StreamServer> => {
  const requests: IncomingMessage[] = [];
  const closings: Promise<void>[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request);
    act(response, request);
  });
  server.on('connection', (socket) => {
    closings.push(new Promise((resolve) => socket.once('close', () => resolve())));
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/stream`,
    requests,
    closed: async () => {
      await Promise.all(closings);
    },
    stop: () => stop(server),
  };
};

/** For tests: opens an event stream and hands it over. */
export const startStream = (act: Act): Promise<StreamServer> =>
  startHttp((response, request) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    act(response, request);
  });

/** For tests: writes the texts one after the other, each after its pause in milliseconds; then goes on in silence. */
export const plays =
  (...steps: readonly (readonly [pauseMs: number, text: string])[]): Act =>
  (response) => {
    const next = (index: number): void => {
      const step = steps[index];
      if (step === undefined) return;
      setTimeout(() => {
        response.write(step[1]);
        next(index + 1);
      }, step[0]);
    };
    next(0);
  };
