/** Whether a value fits a schema; `fault` says which of the two is to blame, `why` is a clause about that one. */
export type Fit =
  { readonly fits: true } | { readonly fits: false; readonly fault: 'value' | 'schema'; readonly why: string };

/** Narrows what came from another thread. */
export const isFit = (message: unknown): message is Fit =>
  typeof message === 'object' && message !== null && 'fits' in message;
