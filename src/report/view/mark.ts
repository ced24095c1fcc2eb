import type { CheckResult } from '../../model/run.ts';
import type { SourceLookup } from '../reporter.ts';
import { breakText, mainBreak, writtenBreak } from './broken.ts';
import { keyToken, valueToken, type Token } from './token.ts';
import { typedValue } from './value.ts';

/** The YAML line that asked for what was not seen, the token to underline in it, and what to say about it. */
export type Mark = { readonly line: number; readonly text: string; readonly token: Token; readonly note: string };

/** The mark of a finding; null when the line cannot be had. */
export const markOf = (check: CheckResult, sourceOf: SourceLookup): Mark | null => {
  const broken = mainBreak(check);
  const asked = broken?.source ?? null;
  const source = asked ?? check.source;
  const text = sourceOf(source.file, source.line)?.replaceAll('\t', ' ') ?? null;
  if (text === null) return null;
  const token = asked === null ? keyToken(text, source.column) : valueToken(text, source.column);
  return { line: source.line, text, token, note: seenText(check) };
};

/** What was seen instead of what was asked. */
const seenText = (check: CheckResult): string => {
  const broken = writtenBreak(check);
  return broken === null ? check.message : `actual: ${typedValue(broken.actual, broken.explanation)}`;
};

/** As `seenText`, for where the line that asked is not shown: with what was expected. */
export const seenAndAskedText = (check: CheckResult): string => {
  const broken = writtenBreak(check);
  return broken === null ? check.message : breakText(broken);
};
