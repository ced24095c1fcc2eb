/** Milliseconds for people: `812 ms`, `4.2 s`, `2 min 5 s`, `1 h 3 min`. */
export const formatDuration = (ms: number): string => {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(Math.round(ms / 100) / 10).toString()} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(ms / 60_000);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** Work ahead for people: `3 d`, `2 d 4 h`, `45 min`; days of 24 hours, as estimates are written. */
export const formatEffort = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const parts = [
    days > 0 ? `${days} d` : '',
    hours > 0 ? `${hours} h` : '',
    rest > 0 && days === 0 ? `${rest} min` : '',
  ];
  return parts.filter((part) => part !== '').join(' ') || '0 min';
};

/** An ISO time without its fraction of a second: `2026-11-21 02:14:07 UTC`. Anything else stays as it is. */
export const formatTime = (iso: string): string =>
  iso.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/u, '$1 $2 UTC');

/** The day of an ISO time: `2026-11-21`. Anything else stays as it is. */
export const formatDay = (iso: string): string => iso.replace(/^(\d{4}-\d{2}-\d{2})T.*$/u, '$1');
