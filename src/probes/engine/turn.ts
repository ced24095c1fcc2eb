type Waiting = { readonly read: (() => void)[]; readonly begin: (() => void)[] };

/** Who waits for the event loop to come round. There is one loop in a process, and so there is one queue. */
const waiting: Waiting = { read: [], begin: [] };
let turning = false;

const turn = (): void => {
  const next = waiting.read.shift() ?? waiting.begin.shift();
  if (next === undefined) {
    turning = false;
    return;
  }
  next();
  setImmediate(turn);
};

/**
 * Waits for a turn of the event loop of one's own, so that between any two turns the answers which have arrived are
 * noted with their instants: two hundred checks at once would otherwise be measured by how long this process is busy
 * with the others. In a turn what has arrived for one exchange is read and, at its end, judged; or one exchange begins.
 */
export const takeTurn = (what: keyof Waiting): Promise<void> =>
  new Promise((resolve) => {
    waiting[what].push(resolve);
    if (turning) return;
    turning = true;
    setImmediate(turn);
  });
