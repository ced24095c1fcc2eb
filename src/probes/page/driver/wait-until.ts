import { setTimeout as sleep } from 'node:timers/promises';
import { firstLine, StepTrouble } from './step-trouble.ts';
import { orNull, type TimeLeft } from './time-left.ts';

const POLL_MS = 100;

/** Null when it holds, else why it does not, as a clause. */
export type Condition = () => Promise<string | null>;

/** Asks again and again until a condition holds: null then, else why it did not hold the last time that it was asked. */
export const waitUntil = async (condition: Condition, time: TimeLeft): Promise<string | null> => {
  let why = 'the page does not answer';
  for (;;) {
    const answer = await orNull(
      condition().then(
        (reason) => ({ reason }),
        (error: unknown) => ({ reason: error instanceof StepTrouble ? error.message : firstLine(error) }),
      ),
      time.left(),
    );
    if (answer !== null && answer.reason === null) return null;
    why = answer?.reason ?? why;
    if (time.left() <= POLL_MS) return why;
    await sleep(POLL_MS);
  }
};
