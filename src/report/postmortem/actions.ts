import type { Waiver } from '../../config/readiness/waivers.ts';
import type { Incident } from '../../history/incident.ts';
import { shellWord } from '../../model/shell-word.ts';
import { codeSpan, forMarkdown } from '../encode/markdown.ts';

/** What is known beside the runs. */
export type PostmortemContext = {
  readonly name: string;
  /** The root file of the configuration, and the options that name it and its environment. */
  readonly file: string;
  readonly which: readonly string[];
  /** How many of the runs tell nothing, for they were killed, and how many are still under way. */
  readonly untold: { readonly interrupted: number; readonly running: number };
  /** Where a check that was bad to the end of these runs was seen to be good again after them; null when it was not. */
  readonly mendedLater: (check: string) => { readonly at: string; readonly run: string } | null;
  /** Who answers for what was bad. */
  readonly owners: readonly string[];
  /** As the configuration has them now, those that had not expired when it began. */
  readonly waivers: readonly Pick<Waiver, 'check' | 'reasonCode' | 'reason' | 'owner' | 'approvedBy' | 'expires'>[];
  /** Where a check leads to for a reason; null when it leads nowhere. */
  readonly runbookOf: (check: string, reasonCode: string) => string | null;
  /** When it was bad for the same reason before these runs, ISO; null when it was not. */
  readonly seenBefore: (check: string) => string | null;
};

/** What is left to do after an incident, as far as runs and the configuration can tell, in Markdown; then a line for people. */
export const actionsOf = ({ badTimes, timeline }: Incident, context: PostmortemContext): readonly string[] => {
  const checks = [...new Set(badTimes.map(({ check }) => check))];
  const open = badTimes.flatMap(({ check, to }) =>
    to === null && context.mendedLater(check) === null ? [`mend ${codeSpan(check)}: it was not seen good again`] : [],
  );
  const again = checks.flatMap((check) => {
    const before = context.seenBefore(check);
    return before === null
      ? []
      : [`find out why ${codeSpan(check)} came back: it was bad for the same reason on ${before.slice(0, 10)}`];
  });
  const flapping = checks.flatMap((check) => {
    const times = timeline.filter((moment) => moment.kind === 'broke' && moment.check === check).length;
    return times < 3 ? [] : [`find out why ${codeSpan(check)} comes and goes: it broke ${times} times`];
  });
  const reasons = badTimes.flatMap(({ check, reasonCodes }) => reasonCodes.map((code) => ({ check, code })));
  const led = [...new Map(reasons.map((one) => [JSON.stringify(one), one])).values()].map(({ check, code }) => ({
    check,
    code,
    runbook: context.runbookOf(check, code),
  }));
  const without = led.flatMap(({ check, code, runbook }) =>
    runbook === null
      ? [
          `write a runbook section for ${codeSpan(code)}: ${codeSpan(['gonogo', 'runbook', 'new', check, ...context.which].map(shellWord).join(' '))}`,
        ]
      : [],
  );
  const used = [...new Set(led.flatMap(({ runbook }) => runbook ?? []))].map(
    (runbook) => `see whether ${codeSpan(runbook)} was right and enough, and write the day of its review`,
  );
  const waived = context.waivers.flatMap(({ check, expires }) =>
    checks.includes(check)
      ? [`decide on the waiver of ${codeSpan(check)} that holds until ${forMarkdown(expires)}`]
      : [],
  );
  return [...open, ...again, ...flapping, ...without, ...used, ...waived, '_To be written: what, who, until when._'];
};
