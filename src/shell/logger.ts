import type { Json, JsonObject } from '../model/json.ts';

/** From the most to the least that matters. */
const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

type Log = (message: string, details?: JsonObject) => void;

/** Tells the maintainer what happens, on stderr. `flush` resolves when everything logged so far is written. */
export type Logger = {
  readonly error: Log;
  readonly warn: Log;
  readonly info: Log;
  readonly debug: Log;
  readonly flush: () => Promise<void>;
};

type Entry = { readonly level: LogLevel; readonly message: string; readonly details: JsonObject };
type Write = (entry: Entry) => void;

/**
 * A logger whose every text is redacted: warnings and errors, and with `verbose` everything. pino is imported with the first entry that counts: it costs 12 ms,
 * which most runs need not pay. Entries keep their order.
 */
export const makeLogger = (
  verbose: boolean,
  redact: <T extends Json>(value: T) => T,
  open: (level: LogLevel) => Promise<Write> = openPino,
): Logger => {
  const level = verbose ? 'debug' : 'warn';
  let written: Promise<Write> | null = null;
  const log =
    (entryLevel: Entry['level']): Log =>
    (message, details = {}) => {
      if (LOG_LEVELS.indexOf(entryLevel) > LOG_LEVELS.indexOf(level)) return;
      const entry: Entry = { level: entryLevel, message: redact(message), details: redact(details) };
      written = (written ?? open(level)).then((write) => {
        write(entry);
        return write;
      });
    };
  return {
    error: log('error'),
    warn: log('warn'),
    info: log('info'),
    debug: log('debug'),
    flush: async () => {
      await written;
    },
  };
};

const openPino = async (level: LogLevel): Promise<Write> => {
  const { pino, stdTimeFunctions, destination } = await import('pino');
  const logger = pino({ level, base: null, timestamp: stdTimeFunctions.isoTime }, destination({ fd: 2, sync: true }));
  return ({ level: entryLevel, message, details }) => logger[entryLevel](details, message);
};
