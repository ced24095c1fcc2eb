import { randomBytes } from 'node:crypto';

/** Marks the requests of one look, so that operators find them: a W3C Trace Context that says that it is not sampled. */
export type Trace = {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** A value for the header, or for the key in `_meta`, that is called `traceparent`; each is another span. */
  readonly span: () => string;
};

/** A trace of its own for one look. */
export const newTrace = (): Trace => {
  const id = randomBytes(16).toString('hex');
  return { id, span: () => `00-${id}-${randomBytes(8).toString('hex')}-00` };
};
