import { createHash } from 'node:crypto';

const OF_NOTHING = createHash('sha256').digest('hex');

/** Whether the hash of a file of evidence is that of an empty file, which shows nothing. */
export const isEmptyEvidence = (sha256: string): boolean => sha256 === OF_NOTHING;
