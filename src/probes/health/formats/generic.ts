import { claimOf, ownStatus } from './components.ts';
import { jsonFormat, type HealthFormat } from './format.ts';
import { shown, words } from './words.ts';

const read = words({
  pass: [
    'ok',
    'okay',
    'up',
    'pass',
    'passing',
    'healthy',
    'alive',
    'live',
    'ready',
    'green',
    'serving',
    'connected',
    'available',
    'online',
    'operational',
  ],
  warn: ['warn', 'warning', 'degraded', 'yellow', 'partial', 'maintenance', 'shutting_down', 'draining'],
  fail: [
    'fail',
    'failed',
    'failing',
    'failure',
    'error',
    'down',
    'unhealthy',
    'critical',
    'fatal',
    'red',
    'dead',
    'disconnected',
    'not_connected',
    'not_ready',
    'not_ok',
    'not_healthy',
    'not_serving',
    'unavailable',
    'offline',
    'outage',
    'out_of_service',
  ],
});

const readPlain = words({
  pass: ['ok', 'healthy', 'up', 'pass', 'alive', 'ready'],
  warn: ['warn', 'warning', 'degraded'],
  fail: ['fail', 'failed', 'error', 'down', 'dead', 'unhealthy', 'not_ok', 'not_ready', 'not_healthy', 'not_alive'],
});

/** A home-made JSON object with a status word or boolean in `status`, `health`, `healthy`, `ok` or `state`. */
export const json = jsonFormat({
  name: 'json',
  recognises: (body) => claim(body) !== null,
  read: (body) => claim(body),
});

const claim: Parameters<typeof jsonFormat>[0]['read'] = (body) => {
  const own = typeof body['status'] === 'number' ? null : ownStatus(body, read);
  return own === null ? null : claimOf(body, own.status, own.says, read);
};

/** One plain word as the whole body, also as a JSON string. */
export const text: HealthFormat = {
  name: 'text',
  recognises: (answer) => text.read(answer) !== null,
  read: ({ body, json: value }) => {
    const word = (typeof value === 'string' ? value : (body ?? '')).trim();
    const total = readPlain(word);
    return total === 'unknown' ? null : { total, says: shown(word), components: [], note: null };
  },
};
