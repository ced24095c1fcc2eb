import type { Json } from '../../model/json.ts';
import { MAX_SEARCHED } from './bounds.ts';

/** The texts in a value, in order, without those inside `except`; ends when they are 64 Ki characters together. */
export const stringsIn = (json: Json, except: ReadonlySet<Json> = new Set()): readonly string[] => {
  const texts: string[] = [];
  let length = 0;
  const open: Json[] = [json];
  for (let value = open.pop(); value !== undefined && length < MAX_SEARCHED; value = open.pop()) {
    if (typeof value === 'string') {
      texts.push(value);
      length += value.length;
    } else if (typeof value === 'object' && value !== null && !except.has(value)) {
      open.push(...Object.values(value).toReversed());
    }
  }
  return texts;
};
