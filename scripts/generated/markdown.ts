/** The few forms of Markdown that the reference is made of, written as prettier leaves them. */

/** Text in backticks; double ones where it holds some itself. */
export const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

/** A description as prose: what would be read as markup stands for itself, but for what is in backticks. */
export const prose = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll(/[*<[\]]/g, String.raw`\$&`)))
    .join('');

/** The same as a sentence of its own: with a capital and a full stop. */
export const sentence = (text: string): string => {
  const written = prose(text.trim());
  return `${written.slice(0, 1).toUpperCase()}${written.slice(1)}${/[.!?]$/.test(written) ? '' : '.'}`;
};

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`).replaceAll(/\s*\n\s*/g, ' ');

/** A table with its columns aligned. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const cells = [head, ...rows].map((row) => row.map(cell));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [first = [], ...others] = cells;
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)].join('\n');
};

/** The mark of a generated page. */
export const MADE = '<!-- Made by scripts/generate.ts. Do not edit. -->';

/** Blocks with an empty line between them, and a note on where the page comes from. */
export const page = (blocks: readonly string[]): string =>
  `${[...blocks.slice(0, 1), MADE, ...blocks.slice(1)].join('\n\n')}\n`;
