import type { Check, Config } from '../config/config.ts';
import type { SectionChoice } from '../plan/plan.ts';

/** Which sections a check may show, in order of choice; keys of `Runbooks.sections`. */
export const chooseSections = (check: Pick<Check, 'runbook' | 'component'>, config: Config): SectionChoice => {
  const rules = check.component === null ? undefined : config.components.get(check.component)?.runbook;
  return {
    own: check.runbook?.reference ?? null,
    byCode: Object.fromEntries([...(rules?.byCode ?? [])].map(([code, { reference }]) => [code, reference])),
    default: rules?.default?.reference ?? null,
  };
};
