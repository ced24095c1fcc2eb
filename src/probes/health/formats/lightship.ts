import type { HealthStatus } from '../reading.ts';
import type { HealthFormat } from './format.ts';

/** Whole words only: looking for "NOT" in them would take a running service for a broken one. */
const STATES: ReadonlyMap<string, HealthStatus> = new Map([
  ['SERVER_IS_READY', 'pass'],
  ['SERVER_IS_NOT_SHUTTING_DOWN', 'pass'],
  ['SERVER_IS_NOT_READY', 'fail'],
  ['SERVER_IS_SHUTTING_DOWN', 'fail'],
]);

/** lightship's `/health`, `/ready` and `/live`: one word as text; not good comes with HTTP 500. */
export const lightship: HealthFormat = {
  name: 'lightship',
  recognises: ({ body }) => STATES.has((body ?? '').trim()),
  read: ({ body }) => {
    const says = (body ?? '').trim();
    const total = STATES.get(says);
    return total === undefined ? null : { total, says, components: [], note: null };
  },
};
