import type { CDPSession } from 'playwright-core';
import type { JsonObject } from '../../../model/json.ts';
import { printable } from '../../engine/printable.ts';
import { shownReference } from '../../engine/redirect-shown-url.ts';
import { newTally } from './tally.ts';

type Place = { readonly url: string; readonly lineNumber: number };
type Details = {
  readonly violatedDirective: string;
  readonly isReportOnly: boolean;
  readonly blockedURL?: string;
  readonly sourceCodeLocation?: Place;
};

const violation = ({ violatedDirective, blockedURL, sourceCodeLocation: place }: Details): JsonObject => ({
  directive: printable(violatedDirective, 100),
  ...(blockedURL === undefined || blockedURL === '' ? {} : { blocked: shownReference(blockedURL) }),
  ...(place === undefined || place.url === ''
    ? {}
    : {
        where:
          place.lineNumber < 0 ? shownReference(place.url) : `${shownReference(place.url)}:${place.lineNumber + 1}`,
      }),
});

/** The browser asks for it by itself, whether the page has one or not. */
const isFavicon = ({ blockedURL }: Details): boolean => URL.parse(blockedURL ?? '')?.pathname === '/favicon.ico';

/**
 * Watches what the Content-Security-Policy blocks, as the browser itself reports it: a listener in the page could be
 * silenced by the page.
 */
export const watchPolicy = async (session: CDPSession): Promise<() => JsonObject> => {
  const enforced = newTally();
  const reported = newTally();
  session.on('Audits.issueAdded', ({ issue }) => {
    const details = issue.details.contentSecurityPolicyIssueDetails;
    if (details !== undefined && !isFavicon(details))
      (details.isReportOnly ? reported : enforced).add(violation(details));
  });
  await session.send('Audits.enable');
  return () => ({
    'csp-violations': enforced.kept(),
    'csp-reports': reported.kept(),
    counts: { 'csp-violations': enforced.count(), 'csp-reports': reported.count() },
  });
};
