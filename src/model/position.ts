/** Where something was written. Line and column count from 1; the file is relative to the working folder. */
export type SourcePosition = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
};
