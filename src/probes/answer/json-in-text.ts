import type { Json } from '../../model/json.ts';
import { readJson } from '../http/json-text.ts';

/** The value of a text that is a list or an object in JSON; undefined for any other text. */
export const jsonInText = (text: string): Json | undefined => {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const read = readJson(text);
  return read.ok ? read.value : undefined;
};
