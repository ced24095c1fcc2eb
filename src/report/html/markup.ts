import { forHtml } from '../encode/html.ts';

/** HTML that is already safe. Only `html` makes it. */
export type Markup = { readonly markup: string };

/** What may stand in a template: text is encoded, markup is kept, a list is joined, null is nothing. */
export type Part = string | number | null | Markup | readonly Part[];

/** A template of HTML. Whatever is put in is encoded unless it is markup itself; attributes must be in double quotes. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: strings.map((text, index) => (index === 0 ? text : `${write(parts[index - 1] ?? null)}${text}`)).join(''),
});

/** Text of our own that must not be encoded: the style sheet. */
export const trusted = (markup: string): Markup => ({ markup });

/** The markup when there is something to show: nothing for null, empty text and an empty list. */
export const when = <T extends string | readonly unknown[] | object>(
  value: T | null,
  show: (value: T) => Part,
): Part => (value === null || value === '' || (Array.isArray(value) && value.length === 0) ? null : show(value));

const write = (part: Part): string => {
  if (part === null) return '';
  if (typeof part === 'string') return forHtml(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(write).join('');
};
