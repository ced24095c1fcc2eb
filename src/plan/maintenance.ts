import type { Window } from '../config/config.ts';

const DAYS: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The window that holds now, if any; a weekly one by the clock of its zone, so that it moves with summer time. */
export const activeWindow = (windows: readonly Window[], now: Date): Window | null =>
  windows.find((window) => isOpen(window, now)) ?? null;

const isOpen = (window: Window, now: Date): boolean => {
  if (window.kind === 'once') return window.fromMs <= now.getTime() && now.getTime() < window.toMs;
  const { day, time } = localTime(now, window.zone);
  const startsOn = (index: number): boolean => window.days.includes(DAYS[(index + 7) % 7] ?? '');
  if (window.from < window.to) return startsOn(day) && window.from <= time && time < window.to;
  return (startsOn(day) && window.from <= time) || (startsOn(day - 1) && time < window.to);
};

/** Day of the week (0 is Sunday) and `HH:MM` on the wall of a zone. */
const localTime = (now: Date, zone: string): { readonly day: number; readonly time: string } => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return { day: DAYS.indexOf(part('weekday').toLowerCase()), time: `${part('hour')}:${part('minute')}` };
};
