const SUFFIX_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const SUFFIX_LENGTH = 4;

/**
 * A name for a run that sorts by when it began, in UTC, and that two runs of one second do not share:
 * `20261121-031502-k3f9`. `random` gives 0 <= n < 1.
 */
export const makeRunId = (now: Date, random: () => number): string => {
  const [date = '', time = ''] = now.toISOString().split('T');
  const suffix = Array.from({ length: SUFFIX_LENGTH }, () =>
    SUFFIX_LETTERS.charAt(Math.floor(random() * SUFFIX_LETTERS.length)),
  );
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${suffix.join('')}`;
};
