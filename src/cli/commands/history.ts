import { UsageError } from '../../model/fault.ts';
import { closest } from '../../model/suggest.ts';
import { clock } from '../../shell/clock.ts';
import type { Execute } from '../command.ts';
import { checkHistoryText, runsText } from '../history-text.ts';
import { loadProject } from '../load-project.ts';
import { print } from '../print.ts';
import { ageOf, KEEP_RUNS, openHistoryToRead, readValue } from '../run-history.ts';

const RUNS = 20;
/** `gonogo history [CHECK]`: the last runs, or what became of one check: outcomes, uptime, flips, and how slow it was. */
export const execute: Execute = async (options, world) => {
  const { config } = await loadProject(options, world, 'history');
  const scope = { file: config.file, environment: config.environment };
  const age = ageOf(options, 'since');
  const since = age === null ? null : new Date(clock.now().getTime() - age).toISOString();
  const store = await openHistoryToRead(world);
  try {
    const [check] = options.words;
    if (check === undefined) {
      const runs = store === null ? [] : readValue(await store.runs(scope, since === null ? RUNS : KEEP_RUNS));
      const shown = runs.filter(({ startedAt }) => since === null || startedAt >= since);
      return await print(world, options.has('json') ? `${JSON.stringify(shown, null, 2)}\n` : runsText(shown));
    }
    const results = store === null ? [] : readValue(await store.results(scope, check, { since, limit: KEEP_RUNS }));
    if (results.length === 0) {
      const near = closest(
        check,
        [...config.checks, ...config.scenarios].map(({ id }) => id),
      );
      throw new UsageError(
        `the history knows nothing of "${check}"`,
        near === null || near === check ? 'gonogo run writes it' : `did you mean "${near}"?`,
      );
    }
    const text = options.has('json') ? `${JSON.stringify(results, null, 2)}\n` : checkHistoryText(check, results);
    return await print(world, text);
  } finally {
    await store?.close();
  }
};
