/** The command line or the world around it is not usable as given: exit 2, and nothing was probed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What to do about it, one sentence; null when the message says it all. */
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}

/** The configuration cannot be used: exit 2, and nothing was probed. `text` is the problems with their code frames. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly text: string;

  constructor(text: string, count: number) {
    super(`${count} ${count === 1 ? 'problem' : 'problems'} in the configuration`);
    this.text = text;
  }
}
