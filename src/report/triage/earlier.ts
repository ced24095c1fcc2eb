import type { Insight } from '../../history/insight.ts';
import { showValue } from '../../matchers/show.ts';
import type { Blocker } from '../../model/run.ts';
import { formatDuration, formatTime } from '../view/duration.ts';
import { named } from '../view/lists.ts';

const MOST_CHANGES = 6;

const agoText = (iso: string, now: Date): string => {
  const ms = now.getTime() - Date.parse(iso);
  return Number.isFinite(ms) && ms >= 1000 ? `${formatDuration(ms)} ago` : 'just now';
};

/** Since when it is bad, when it was last good, and whether it comes and goes; empty without a history. */
export const sinceText = ({ since }: Blocker, insight: Insight | undefined, now: Date): string => {
  if (insight === undefined) return '';
  const begun = insight.firstBad ?? since;
  const { lastGood } = insight;
  const first =
    insight.firstBad === null || begun === null ? 'new in this run' : `${formatTime(begun)}, ${agoText(begun, now)}`;
  const good =
    lastGood === null
      ? 'never seen good'
      : `last good ${formatTime(lastGood.at)}, ${agoText(lastGood.at, now)} (${lastGood.run})`;
  return `${first}; ${good}${insight.flapping ? '; FLAPPING: it comes and goes' : ''}`;
};

/**
 * What is different from the run that is compared with, one sentence each; that nothing is, too. The run is named where it
 * is not the last good one.
 */
export const changeTexts = (insight: Insight | undefined): readonly string[] => {
  if (insight === undefined || insight.comparedWith === null) return [];
  const { comparedWith, lastGood } = insight;
  const [first = 'nothing that these checks see', ...others] = differences(insight);
  return [comparedWith === lastGood?.run ? first : `against ${comparedWith}: ${first}`, ...others];
};

const differences = (insight: Insight): readonly string[] => {
  const checksOf = new Map<string, string[]>();
  for (const { check, fact, before, after } of insight.changes) {
    const text = `${fact} ${showValue(before)} -> ${showValue(after)}`;
    checksOf.set(text, [...(checksOf.get(text) ?? []), check]);
  }
  // A new version shows at every check of a component: it is told once.
  const texts = [...checksOf].map(([text, checks]) =>
    checks.includes(insight.check) ? text : `${named(checks)}: ${text}`,
  );
  const more = texts.length - MOST_CHANGES;
  const shown = more > 0 ? [...texts.slice(0, MOST_CHANGES), `and ${more} more`] : texts;
  return insight.otherConfig ? [...shown, 'the configuration itself is not the one of then'] : shown;
};

/** That it was seen before with the same cause, how long that took, and how it ended. */
export const beforeText = (insight: Insight | undefined): string => {
  const episode = insight?.seenBefore ?? null;
  if (episode === null) return '';
  const { began, ended } = episode;
  const took = Date.parse(ended.at) - Date.parse(began.at);
  const long = Number.isFinite(took) && took >= 1000 ? `, ${formatDuration(took)}` : '';
  return `the same from ${formatTime(began.at)} to ${formatTime(ended.at)}${long}; it ended as ${ended.outcome} in ${ended.run}`;
};
