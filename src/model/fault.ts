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
