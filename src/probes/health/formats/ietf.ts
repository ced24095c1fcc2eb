import { claimOf } from './components.ts';
import { jsonFormat } from './format.ts';
import { words } from './words.ts';

const read = words({ pass: ['pass', 'ok', 'up'], warn: ['warn'], fail: ['fail', 'error', 'down'] });

/** "Health Check Response Format for HTTP APIs" (draft-inadarei-api-health-check-06), with its aliases. */
export const ietf = jsonFormat({
  name: 'ietf',
  recognises: ({ status }, { headers }) =>
    /^application\/(vnd\.)?health\+json\b/i.test(headers['content-type'] ?? '') ||
    (typeof status === 'string' && /^(pass|warn|fail)$/i.test(status)),
  read: (body) => {
    const { status } = body;
    return typeof status === 'string' ? claimOf(body, read(status), status, read) : null;
  },
});
