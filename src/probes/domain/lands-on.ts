import { shownUrl } from '../engine/redirect-shown-url.ts';
import type { Spec } from './schema.ts';

/** `lands-on` as the fact `final-url` writes a URL; null when it is not given or no URL. */
export const landsOn = (spec: Spec): string | null => {
  const text = spec['lands-on'];
  if (text === undefined || !URL.canParse(text)) return null;
  const url = new URL(text);
  url.hash = '';
  return shownUrl(url);
};
