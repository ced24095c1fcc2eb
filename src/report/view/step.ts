/** A runbook step in pieces: what stands in backticks is a command or a name, to be set as code. */
export type Piece = { readonly text: string; readonly code: boolean };

export const piecesOf = (step: string): readonly Piece[] =>
  [...step.matchAll(/`([^`]+)`|[^`]+|`/gu)].map((match) => ({
    text: match[1] ?? match[0],
    code: match[1] !== undefined,
  }));
