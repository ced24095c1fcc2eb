import type { JsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { printable } from '../engine/printable.ts';

/** What a server sends unasked during one look. */
export type Traffic = {
  readonly note: (message: JsonObject) => void;
  /** The methods that the server asked of us, which nobody answers here; each once. */
  readonly refused: () => readonly string[];
  readonly facts: () => Facts;
};

const MOST_METHODS = 20;
const LONGEST_METHOD = 100;

/** A server may see whether we are there; everything else that it asks for needs a person or a model. */
const ANSWERED: ReadonlySet<string> = new Set(['ping']);

/** Counts notifications and keeps the names of requests. A server that floods us costs nothing but the reading. */
export const watchTraffic = (): Traffic => {
  const methods = new Set<string>();
  let notifications = 0;
  const refused = (): readonly string[] => [...methods];
  return {
    note: (message) => {
      const method = printable(String(message['method']), LONGEST_METHOD);
      if (!Object.hasOwn(message, 'id')) notifications += 1;
      else if (!ANSWERED.has(method) && methods.size < MOST_METHODS) methods.add(method);
    },
    refused,
    facts: () => ({
      ...(notifications === 0 ? {} : { notifications }),
      ...(methods.size === 0 ? {} : { 'refused-requests': refused() }),
    }),
  };
};
