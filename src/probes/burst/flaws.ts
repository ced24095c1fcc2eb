import { readRateLimit, type RateLimit } from './rate-limit.ts';
import type { Answered } from './shot.ts';

type Told = { readonly answer: Answered; readonly limit: RateLimit };

const MOST_FLAWS = 10;
/** With fewer answers a number that stays the same may be chance. */
const ENOUGH_TO_FALL = 3;

const ofOne = ({ answer, limit }: Told): readonly string[] => {
  const { remaining } = limit;
  const request = `request ${answer.number}`;
  return [
    ...limit.flaws,
    ...(remaining !== null && limit.limit !== null && remaining > limit.limit
      ? [`${request}: ${remaining} remain of ${limit.limit}`]
      : []),
    ...(answer.status === 429 && remaining !== null && remaining > 0
      ? [`${request} is limited, and ${remaining} remain`]
      : []),
  ];
};

/** What remains must fall while a burst goes on, or it tells nothing. */
const ofAll = (told: readonly Told[]): readonly string[] => {
  const remaining = told
    .filter(({ answer }) => answer.status !== 429)
    .flatMap(({ limit }) => (limit.remaining === null ? [] : [limit.remaining]));
  const [first] = remaining;
  const last = remaining.at(-1);
  if (first === undefined || last === undefined || remaining.length < ENOUGH_TO_FALL) return [];
  return Math.min(...remaining) < Math.max(...remaining)
    ? []
    : [`${first} remain after each of ${remaining.length} answers`];
};

/** Where the headers of a burst contradict themselves or what happened; each flaw once, the first ten. */
export const rateLimitFlaws = (answers: readonly Answered[]): readonly string[] => {
  const told = answers.map((answer) => ({ answer, limit: readRateLimit(answer.headers, answer.endedAt) }));
  return [...new Set([...told.flatMap(ofOne), ...ofAll(told)])].slice(0, MOST_FLAWS);
};
