/** A placeholder in a runbook: `${facts.status}`, `${check.id}`. */
export type Placeholder = {
  /** As written, `${facts.status}`. */
  readonly raw: string;
  readonly namespace: string;
  readonly name: string;
  /** Where it begins in the text. */
  readonly index: number;
};

/** What `${check.NAME}` may name. */
export const CHECK_NAMES = ['id', 'title', 'kind', 'target', 'component', 'owner', 'reason-code'] as const;

export type CheckName = (typeof CHECK_NAMES)[number];

/** Two parts with a dot are ours; `${HOME}` is for the shell. */
const PLACEHOLDER = /\$\{([a-z]+)\.([^{}\s`]{1,200})\}/gu;

/** The placeholders of a text, in its order. */
export const placeholdersIn = (text: string): readonly Placeholder[] =>
  [...text.matchAll(PLACEHOLDER)].map((match) => ({
    raw: match[0],
    namespace: match[1] ?? '',
    name: match[2] ?? '',
    index: match.index,
  }));

/** Whether the place in a command is inside of quotes, where a quoted word would end them. */
export const isQuotedAt = (command: string, index: number): boolean => {
  let quote: string | null = null;
  for (let at = 0; at < index; at += 1) {
    const character = command[at];
    if (character === '\\' && quote !== "'") at += 1;
    else if (quote === null && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = null;
  }
  return quote !== null;
};
