type Waiting = { readonly end: (() => void)[]; readonly begin: (() => void)[] };

/** Who waits for the event loop to come round. There is one loop in a process, and so there is one queue. */
const waiting: Waiting = { end: [], begin: [] };
let turning = false;

const turn = (): void => {
  const next = waiting.end.shift() ?? waiting.begin.shift();
  if (next === undefined) {
    turning = false;
    return;
  }
  next();
  setImmediate(turn);
};

/**
 * Waits for a turn of the event loop of one's own, so that between the turns answers which have arrived are taken and
 * their instants noted: two hundred checks at once would otherwise be measured by how long this process is busy with
 * the others. One exchange begins a turn, or one that has ended is handed over to be read and judged, which goes first.
 */
export const takeTurn = (what: keyof Waiting): Promise<void> =>
  new Promise((resolve) => {
    waiting[what].push(resolve);
    if (turning) return;
    turning = true;
    setImmediate(turn);
  });
