import type { Claim, Component, HealthStatus } from '../reading.ts';
import type { HealthFormat } from './format.ts';
import { clip, worst } from './words.ts';

const TOTAL = /^\w{0,40}z check (passed|failed)$/;

type Line = { readonly component?: Component; readonly total?: 'passed' | 'failed'; readonly note?: string };

/** `[+]name ok`, `[+]name excluded: ok` (was not looked at: a warn), `[-]name failed: reason withheld`. */
const readCheck = (mark: string, rest: string): Component => {
  const [name, status]: readonly [string, HealthStatus] =
    mark === '-'
      ? [upTo(rest, ' failed'), 'fail']
      : mark === '+' && rest.endsWith(' excluded: ok')
        ? [upTo(rest, ' excluded: ok'), 'warn']
        : mark === '+' && rest.endsWith(' ok')
          ? [upTo(rest, ' ok'), 'pass']
          : [rest, 'unknown'];
  return { name: clip(name.trim()), status, says: clip(rest.slice(name.length).trim() || `[${mark}]`) };
};

/** Plain searches: a pattern would take time by the square of a hostile line. */
const upTo = (text: string, end: string): string => (text.includes(end) ? text.slice(0, text.lastIndexOf(end)) : text);

const readLine = (line: string): Line => {
  if (/^\[.\]/.test(line)) return { component: readCheck(line.slice(1, 2), line.slice(3)) };
  const total = TOTAL.exec(line)?.[1];
  if (total === undefined) return { note: clip(line) };
  return { total: total === 'passed' ? 'passed' : 'failed' };
};

const claim = (lines: readonly Line[]): Claim => {
  const components = lines.flatMap((line) => line.component ?? []);
  const totals = lines.flatMap((line) => line.total ?? []);
  const notes = lines.flatMap((line) => line.note ?? []);
  const strange = notes.find((note) => !note.startsWith('warn:'));
  const says = totals.includes('failed') ? 'failed' : (totals[0] ?? 'nothing in total');
  if (says === 'failed') return { total: 'fail', says, components, note: null };
  if (totals.length === 0) {
    const total = components.some((component) => component.status === 'fail') ? 'fail' : 'unknown';
    return { total, says, components, note: 'the last line is missing' };
  }
  const total = worst([
    'pass',
    ...(strange === undefined ? [] : ['unknown' as const]),
    ...(notes.length > 0 ? ['warn' as const] : []),
  ]);
  return { total, says, components, note: strange ?? notes[0] ?? null };
};

/** `/livez`, `/readyz` and `/healthz` with `?verbose`, which every failure is; without it the body is `ok`. */
export const kubernetes: HealthFormat = {
  name: 'kubernetes',
  recognises: ({ body }) => {
    const text = (body ?? '').trim();
    return /^\[[+-]\]/.test(text) || TOTAL.test(text);
  },
  read: ({ body }) => {
    const text = (body ?? '').trim();
    if (text === 'ok') return { total: 'pass', says: 'ok', components: [], note: null };
    const lines = text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map(readLine);
    return lines.some((line) => line.component !== undefined || line.total !== undefined) ? claim(lines) : null;
  },
};
