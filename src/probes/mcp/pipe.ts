import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client';

/** A line for the client library on a channel that carries all messages in one stream. */
export type Pipe = Transport & { readonly deliver: (message: JSONRPCMessage) => void };

type Ends = { readonly start: () => Promise<void>; readonly send: (message: JSONRPCMessage) => Promise<void> };

/** Closing it ends nothing: the channel outlives an attempt to connect. */
export const newPipe = ({ start, send }: Ends): Pipe => {
  let open = true;
  const pipe: Pipe = {
    start,
    send: (message) => send(message),
    close: async () => {
      if (!open) return;
      open = false;
      pipe.onclose?.();
    },
    deliver: (message) => {
      if (open) pipe.onmessage?.(message);
    },
  };
  return pipe;
};

/** As a child process looks to the library, which then takes silence and refusals of the era probe for the legacy era. */
export const asProcess = (pipe: Pipe): Pipe => Object.assign(pipe, { stderr: null, pid: null });
