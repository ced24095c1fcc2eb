import type { Verdict } from '../model/outcome.ts';
import type { Run } from '../model/run.ts';
import { excerpt, visible } from '../report/encode/visible.ts';
import { ownerText, runbookText } from '../report/view/phrase.ts';

/** What is told of a run, the same for everybody: bounded plain text without characters that act. */
export type Announcement = {
  readonly run: string;
  readonly name: string;
  readonly environment: string | null;
  readonly verdict: Verdict;
  /** The verdict that those who are told knew of; null when that is not known. */
  readonly previous: Verdict | null;
  readonly startedAt: string;
  readonly durationMs: number | null;
  readonly reasons: readonly string[];
  readonly blockers: readonly AnnouncedBlocker[];
  /** How many blockers there are besides. */
  readonly more: number;
  readonly totals: Run['totals'];
};

export type AnnouncedBlocker = {
  readonly check: string;
  readonly verdict: Verdict;
  readonly reasonCode: string;
  readonly layer: string;
  readonly message: string;
  readonly owner: string | null;
  readonly component: string | null;
  /** `docs/runbooks/operations.md#dashboard`. */
  readonly runbook: string | null;
  /** Where that can be read; null when nobody said where runbooks are. */
  readonly runbookUrl: string | null;
  readonly next: string;
};

const MOST_BLOCKERS = 10;
const MOST_REASONS = 10;
const LONGEST = 300;

const plain = (text: string, most = LONGEST): string => excerpt(visible(text), most);

/** Whether somebody has to act: we may not go, or nobody can tell. */
export const isBad = (verdict: Verdict): boolean => verdict === 'NO-GO' || verdict === 'HOLD';

/** What there is to tell of a judged run. Pure. */
export const announcementOf = (run: Run, previous: Verdict | null, runbooksUrl: string | null): Announcement => {
  const held = run.blockers.filter(({ verdict }) => isBad(verdict));
  const components = new Map(
    [...run.checks, ...run.scenarios, ...run.manual].map(({ id, component }) => [id, component]),
  );
  return {
    run: run.run.id,
    name: plain(run.run.name),
    environment: run.run.environment === null ? null : plain(run.run.environment),
    verdict: run.verdict,
    previous,
    startedAt: run.run.startedAt,
    durationMs: run.run.durationMs,
    reasons: run.reasons.slice(0, MOST_REASONS).map((reason) => plain(reason)),
    blockers: held.slice(0, MOST_BLOCKERS).map(({ cause, verdict, owner, runbook, next }) => ({
      check: plain(cause.check, 200),
      verdict,
      reasonCode: cause.reasonCode,
      layer: cause.layer,
      message: plain(cause.message),
      owner: owner === null ? null : plain(ownerText(owner)),
      component: components.get(cause.check) ?? null,
      runbook: runbook === null ? null : plain(runbookText(runbook)),
      runbookUrl: runbook === null ? null : followable(runbook.url, runbooksUrl),
      next: plain(next),
    })),
    more: Math.max(0, held.length - MOST_BLOCKERS),
    totals: run.totals,
  };
};

const LONGEST_URL = 2000;

const followable = (url: string, base: string | null): string | null => {
  const whole = /^https?:\/\//i.test(url) ? url : base === null ? null : `${base.replace(/\/*$/, '/')}${url}`;
  if (whole === null || !URL.canParse(whole)) return null;
  const { href, protocol } = new URL(whole);
  return (protocol === 'https:' || protocol === 'http:') && href.length <= LONGEST_URL ? href : null;
};

/** `NO-GO: Marketplace launch (staging)`. */
export const titleOf = ({ verdict, name, environment }: Announcement): string =>
  `${verdict}: ${name}${environment === null ? '' : ` (${environment})`}`;

/** A text of at most so many characters; what is longer ends in an ellipsis. */
export const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text;
