import { visible } from './visible.ts';

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Text for HTML, as element content or inside a quoted attribute. */
export const forHtml = (text: string): string =>
  visible(text).replace(/[&<>"']/gu, (character) => ENTITIES.get(character) ?? '');
