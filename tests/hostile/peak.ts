import { existsSync, readFileSync } from 'node:fs';

const STATUS = '/proc/self/status';

/**
 * The most memory that this process had at a time, in MiB. Not what `resourceUsage` says where it can be helped: Linux
 * counts into that what the parent had when it started us.
 */
export const peakMib = (): number => {
  const [, kib] = (existsSync(STATUS) && /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, 'utf8'))) || [];
  return (kib === undefined ? process.resourceUsage().maxRSS : Number(kib)) / 1024;
};
