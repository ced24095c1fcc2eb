import type { CookieJar } from './engine/cookies.ts';

/**
 * What the steps of one scenario share, and nobody else: the cookies, and the headers of the last answer as they were
 * sent, for captures. The engine writes it; it is never a fact, because it may hold secrets.
 */
export type Session = {
  jar: CookieJar;
  headers: readonly (readonly [name: string, value: string])[];
};

/** A session in which nothing has been said yet. */
export const newSession = (): Session => ({ jar: [], headers: [] });
