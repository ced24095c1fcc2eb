import { piecesOf } from '../../model/code-span.ts';
import { row, span, wholeRow, type Row, type Span } from './span.ts';

/** A step of a runbook behind its number. One that ends with a command is not wrapped: the command is to be copied. */
export const stepRow = (first: readonly Span[], step: string): Row =>
  piecesOf(step.replace(/[.;:]$/u, '')).at(-1)?.code === true
    ? wholeRow(first, [span(step)])
    : row(first, [span(step)]);
