import { isJsonObject } from '../../../model/json.ts';
import { claimOf } from './components.ts';
import { jsonFormat, type HealthFormat } from './format.ts';
import { shown, words, type Words } from './words.ts';

const readWord = words({ pass: ['healthy'], warn: ['degraded'], fail: ['unhealthy'] });
/** Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus, as it is serialised without a string converter. */
const ENUM = ['fail', 'warn', 'pass'] as const;

const read: Words = (value) => (typeof value === 'number' ? (ENUM[value] ?? 'unknown') : readWord(value));

/** The default writer of ASP.NET Core: one word as text. `Degraded` comes with HTTP 200, so only the body shows it. */
export const aspnetText: HealthFormat = {
  name: 'aspnet-text',
  recognises: ({ body }) => /^(Healthy|Degraded|Unhealthy)$/.test((body ?? '').trim()),
  read: ({ body }) => {
    const text = (body ?? '').trim();
    const total = readWord(text);
    return total === 'unknown' ? null : { total, says: shown(text), components: [], note: null };
  },
};

/** The "UI response writer" of ASP.NET Core: `{ status, totalDuration, entries }`, the enum as a word or as a number. */
export const aspnetJson = jsonFormat({
  name: 'aspnet-json',
  recognises: ({ status, entries }) => isJsonObject(entries) && read(status) !== 'unknown',
  read: (body) => {
    const { status, entries } = body;
    if ((typeof status !== 'string' && typeof status !== 'number') || !isJsonObject(entries)) return null;
    return claimOf(body, read(status), status, read);
  },
});
