import { RE2JS } from 're2js';
import { keepAtMost } from './keep.ts';

/** A compiled pattern; matching takes time linear in the text, whatever the pattern. */
export type Pattern = {
  /** Found anywhere in the text. */
  readonly test: (text: string) => boolean;
  /** Matches the whole text. */
  readonly testExact: (text: string) => boolean;
  /** What the first group matched, or all of it where there is no group; null when it is not found. */
  readonly find: (text: string) => string | null;
};

const keep = keepAtMost<Pattern | string>(500);

/** Compiles a pattern once; a string is what is wrong with it. ECMAScript escapes (`\u00e9`, `\/`) are understood. */
export const compilePattern = (written: string): Pattern | string => keep(written, () => compile(written));

const compile = (written: string): Pattern | string => {
  try {
    const pattern = RE2JS.compile(RE2JS.translateRegExp(written));
    const find = (text: string): string | null => {
      const matcher = pattern.matcher(text);
      if (!matcher.find()) return null;
      return matcher.group(matcher.groupCount() > 0 ? 1 : 0) ?? null;
    };
    return { test: (text) => pattern.test(text), testExact: (text) => pattern.testExact(text), find };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return detail.replace(/^error parsing regexp: /, '');
  }
};
