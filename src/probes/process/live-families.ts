import process from 'node:process';
import { killGroup } from './end-family.ts';
import type { Family } from './family.ts';

const living = new Set<Family>();
let watching = false;

/** Whatever ends this process in a hurry (a second Ctrl-C, an error that nobody caught), its programs end with it. */
export const watchFamily = (family: Family): void => {
  living.add(family);
  if (watching) return;
  watching = true;
  process.on('exit', () => living.forEach(killGroup));
};

/** The family is gone: its number may soon be another's. */
export const forgetFamily = (family: Family): void => {
  living.delete(family);
};
