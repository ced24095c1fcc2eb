import { UsageError } from '../../model/fault.ts';
import { closest } from '../../model/suggest.ts';
import { clock } from '../../shell/clock.ts';
import type { Execute } from '../command.ts';
import { checkHistoryText, runsText } from '../history-text.ts';
import { loadProject } from '../load-project.ts';
import { print } from '../print.ts';
import { ageOf, openRunHistory } from '../run-history.ts';

const RUNS = 20;
const RESULTS = 10_000;
/** As many as are ever kept, when a time is given and not a count. */
const ALL_RUNS = 1000;
const ALL_RESULTS = 10_000;

/** `gonogo history [CHECK]`: the last runs, or what became of one check: outcomes, uptime, flips, and how slow it was. */
export const execute: Execute = async (options, world) => {
  const { config } = await loadProject(options, world, 'history');
  const scope = { file: config.file, environment: config.environment };
  const { store } = await openRunHistory(options, scope, world);
  if (store === null) throw new UsageError('there is no history', 'gonogo run writes one');
  const age = ageOf(options, 'since');
  const since = age === null ? null : new Date(clock.now().getTime() - age).toISOString();
  try {
    const [check] = options.words;
    if (check === undefined) {
      const runs = await store.runs(scope, since === null ? RUNS : ALL_RUNS);
      if (!runs.ok) throw new UsageError(`the history cannot be read: ${runs.trouble.message}`);
      const shown = runs.value.filter(({ startedAt }) => since === null || startedAt >= since);
      return await print(world, options.has('json') ? `${JSON.stringify(shown, null, 2)}\n` : runsText(shown));
    }
    const results = await store.results(scope, check, { since, limit: since === null ? RESULTS : ALL_RESULTS });
    if (!results.ok) throw new UsageError(`the history cannot be read: ${results.trouble.message}`);
    if (results.value.length === 0) {
      const near = closest(
        check,
        [...config.checks, ...config.scenarios].map(({ id }) => id),
      );
      throw new UsageError(
        `the history knows nothing of "${check}"`,
        near === null || near === check ? 'gonogo run writes it' : `did you mean "${near}"?`,
      );
    }
    const text = options.has('json')
      ? `${JSON.stringify(results.value, null, 2)}\n`
      : checkHistoryText(check, results.value);
    return await print(world, text);
  } finally {
    await store.close();
  }
};
