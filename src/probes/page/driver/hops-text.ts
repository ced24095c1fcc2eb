import { chainText } from '../../engine/redirect-chain.ts';
import type { Hop } from './watch-documents.ts';

/** The hops on one line, `https://a/ --302--> https://b/`, repeats folded. */
export const hopsText = (hops: readonly Hop[]): string =>
  chainText({
    loop: null,
    hops: hops.flatMap(({ url, status }) => {
      const parsed = URL.parse(url);
      if (parsed === null) return [];
      return [{ method: 'GET', url: parsed, status, location: null, facts: {}, setCookie: false }];
    }),
  });
