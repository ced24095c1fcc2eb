import type { Json } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';

/** What stands for a placeholder: a value as written in the file, another placeholder, or undefined to leave it. */
export type Replace = (name: string) => Json | undefined;

const PLACEHOLDER = /(?<!\$)\$\{([^}]*)\}/g;
const ALONE = /^\$\{([^}]*)\}$/;

/**
 * Replaces placeholders by what stands elsewhere in the same files, before any of them means anything: parameters of
 * fragments, values of loops. A text that is one placeholder takes the value with its type; `{ placeholder: NAME }` puts
 * another placeholder there.
 */
export const rewrite = (value: Json, replace: Replace): Json => {
  if (typeof value === 'string') return rewriteText(value, replace);
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rewrite(inner, replace)]));
  }
  const items: Json = value;
  return Array.isArray(items) ? items.map((item: Json) => rewrite(item, replace)) : items;
};

const rewriteText = (text: string, replace: Replace): Json => {
  if (!text.includes('${')) return text;
  const [, alone] = ALONE.exec(text) ?? [];
  if (alone !== undefined) {
    const value = replace(alone);
    return value === undefined ? text : (otherPlaceholder(value) ?? value);
  }
  return text.replaceAll(PLACEHOLDER, (written: string, name: string) => {
    const value = replace(name);
    if (value === undefined) return written;
    return otherPlaceholder(value) ?? (typeof value === 'object' ? written : String(value));
  });
};

const otherPlaceholder = (value: Json): string | null =>
  isJsonObject(value) && typeof value['placeholder'] === 'string' ? `\${${value['placeholder']}}` : null;
