import { visible } from './visible.ts';

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

/** Text for XML 1.0, as element content or inside a quoted attribute: only characters that a strict parser takes. */
export const forXml = (text: string): string =>
  visible(text).replace(/[&<>"']/gu, (character) => ENTITIES.get(character) ?? '');
