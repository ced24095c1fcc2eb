import { piecesOf } from '../../model/code-span.ts';
import type { Led } from './led.ts';

/** A command in a numbered list: what stands in backticks, or a line of a code block. */
export type Command = { readonly line: number; readonly column: number; readonly text: string };

/** A line of a numbered list, its fences left out, and whether it is inside of a code block. */
export type StepLine = { readonly line: number; readonly text: string; readonly fenced: boolean };

/** The lines of a section that reports show as steps. */
export const stepLinesOf = ({ page, heading, index }: Led): readonly StepLine[] => {
  const end = page.headings.slice(index + 1).find(({ level }) => level <= heading.level)?.line ?? page.lines.length + 1;
  const found: StepLine[] = [];
  let inList = false;
  let fence: string | null = null;
  for (let line = heading.line + 1; line < end; line += 1) {
    const text = page.lines[line - 1] ?? '';
    const mark = /^\s*(`{3,}|~{3,})/.exec(text)?.[1] ?? null;
    if (mark !== null) {
      if (fence === null) fence = mark;
      else if (mark.startsWith(fence)) fence = null;
      continue;
    }
    if (fence === null)
      inList = /^\s{0,3}\d{1,9}[.)]\s/.test(text) || (inList && (text.trim() === '' || /^\s/.test(text)));
    if (inList) found.push({ line, text, fenced: fence !== null });
  }
  return found;
};

export const commandsOf = (led: Led): readonly Command[] =>
  stepLinesOf(led).flatMap(({ line, text, fenced }): readonly Command[] => {
    if (fenced) return [{ line, column: 1, text }];
    return piecesOf(text).flatMap((piece) => (piece.code ? [{ line, column: piece.index + 1, text: piece.text }] : []));
  });
