import { claimOf } from './components.ts';
import { jsonFormat } from './format.ts';
import { words } from './words.ts';

const read = words({ pass: ['up'], warn: [], fail: ['down'] });

/** MicroProfile Health: `{ status, checks: [{ name, status, data }] }`, where the total is the AND of the checks. */
export const microprofile = jsonFormat({
  name: 'microprofile',
  recognises: ({ status, checks }) => typeof status === 'string' && read(status) !== 'unknown' && Array.isArray(checks),
  read: (body) => {
    const { status, checks } = body;
    if (typeof status !== 'string' || !Array.isArray(checks)) return null;
    const claim = claimOf(body, read(status), status, read);
    if (claim.total === 'fail' && checks.length === 0) return { ...claim, note: 'it has no checks yet: not started' };
    const silent = claim.components.find((component) => component.says === null);
    return silent === undefined || claim.total === 'fail'
      ? claim
      : { ...claim, total: 'unknown', note: `the check ${silent.name} has no status` };
  },
});
