import type { RedirectProblem } from './redirect-location.ts';
import { shownUrl } from './redirect-shown-url.ts';

/** Too many redirects, told with the last URLs: a URL that grows with every hop shows there. */
export const limitProblem = (urls: readonly URL[], max: number): RedirectProblem => {
  const last = urls.slice(-3).map(shownUrl).join(' -> ');
  const again = urls.length > new Set(urls.map(({ href }) => href)).size;
  const cookies = again ? '; URLs come back, each time with other cookies' : '';
  return { code: 'redirect-limit', message: `more than ${max} redirects; the last: ${last}${cookies}` };
};

/** A redirect from https to http; null when it is none. */
export const downgradeProblem = (from: URL, to: URL): RedirectProblem | null =>
  from.protocol === 'https:' && to.protocol === 'http:'
    ? {
        code: 'redirect-downgrade',
        message: `a redirect leads from https to http: ${shownUrl(from)} -> ${shownUrl(to)}`,
      }
    : null;
