import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** From here on a body is large: with its text and what is read out of it, it takes several times its bytes. */
export const LARGE_BODY = 1024 * 1024;

/** As many bytes may lie about before they are collected. */
const MOST_GARBAGE = 4 * 1024 * 1024;

let garbage = 0;

/** Node offers its collector to whoever asks for it with a flag; only a new context then has it. */
const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
};

/**
 * To be called before a large body is read. V8 lets garbage pile up to many times what is alive; with bodies of 10 MiB
 * one after the other that is hundreds of MiB. What those before have left is collected first, which takes about as long
 * as reading 2 MiB of JSON.
 */
export const makeRoom = (): void => {
  if (garbage < MOST_GARBAGE) return;
  garbage = 0;
  collectGarbage();
};

/** Notes what large bodies leave behind, or will have left once they were judged. */
export const noteGarbage = (bytes: number): void => {
  garbage += bytes;
};
