import { asCodeSpan, longestRun } from '../../model/code-span.ts';
import { visible } from './visible.ts';

/**
 * Text for Markdown, inside a paragraph, list item, heading or table cell: no markup, HTML, image or link of its own.
 * A mention or issue reference is broken by setting its sign as code, for a renderer looks for those after unescaping.
 */
export const forMarkdown = (text: string): string =>
  visible(text)
    .replace(/[\\*[\]~<>&!|$]/gu, (character) => (character === '&' ? '&amp;' : `\\${character}`))
    .replace(/`/gu, '&#96;')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/:(?=\/\/)/gu, '\\:')
    .replace(/(?<=www)\./giu, '\\.')
    .replace(/(?<=[\p{L}\p{N}._-])@|@(?=[\p{L}\p{N}])|(?<!&)#(?=[\p{L}\p{N}])|(?<=\bGH)-(?=\d)/gu, '`$&`')
    .replace(/^(?=[-+=#])/u, '\\')
    .replace(/^(\d+)(?=[.)])/u, '$1\\');

/** Text as a code span: nothing in it is interpreted, mentions and links included. Empty text gives nothing. */
export const codeSpan = (text: string): string => {
  const shown = visible(text);
  return shown.trim() === '' ? '' : asCodeSpan(shown);
};

/** A code span inside a table cell, where a bare pipe would end the cell even in code. */
export const codeCell = (text: string): string => codeSpan(text).replace(/\|/gu, '\\|');

/** Lines as a fenced block that none of them can close. */
export const codeBlock = (lines: readonly string[], language: string): string => {
  const shown = lines.map(visible);
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1));
  return [`${fence}${language}`, ...shown, fence].join('\n');
};
