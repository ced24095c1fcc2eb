/** Finds one sort of text that must not be shown. */
export type Recogniser = {
  /** What it is, with its article: `a GitHub token`. The only thing that is ever told of a find. */
  readonly what: string;
  /** Global, and linear in the text: nothing that repeats is repeated. Its group `value` is the secret part. */
  readonly pattern: RegExp;
  /** Whether what was found is really one: a checksum, or that it is no placeholder. */
  readonly accept?: (found: RegExpExecArray) => boolean;
};

/** Recognisers with a glance: a text that it does not fit holds nothing that any of them finds. */
export type Recognisers = { readonly glance: RegExp; readonly all: readonly Recogniser[] };
