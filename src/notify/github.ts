import type { Channel } from '../config/notify.ts';
import type { Verdict } from '../model/outcome.ts';
import { cut, type Announcement } from './announcement.ts';
import type { Message } from './message.ts';

type GitHub = Extract<Channel, { readonly kind: 'github' }>;

/** The limit of a commit status. */
const DESCRIPTION = 140;

const STATES: { readonly [Name in Verdict]: 'success' | 'failure' | 'error' } = {
  GO: 'success',
  CONDITIONAL: 'success',
  HOLD: 'error',
  'NO-GO': 'failure',
};

/** A commit status. HOLD is an error: nobody can tell. */
export const gitHubMessage = (channel: GitHub, announcement: Announcement): Message => {
  const { url, repository, commit, token, context, targetUrl } = channel;
  const { verdict, reasons } = announcement;
  const description = [verdict, reasons[0]].filter((part) => part !== undefined).join(': ');
  return {
    url: `${url}/repos/${repository}/statuses/${commit}`,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': '2022-11-28',
    },
    json: {
      state: STATES[verdict],
      context,
      description: cut(description, DESCRIPTION),
      ...(targetUrl === null ? {} : { target_url: targetUrl }),
    },
    taken: { status: 201, body: null },
  };
};
