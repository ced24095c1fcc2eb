import { argv, pid, stdout } from 'node:process';
import { startOf } from './kept-run.ts';
import { openHistory } from './sqlite-store.ts';
import { runOf, SCOPE, valueOf } from './test-runs.ts';

/**
 * For tests: another process that writes the history. `begin PATH ID` starts a run and stays; `many PATH COUNT` keeps so
 * many runs; `end PATH CHECKS` writes one run of so many checks and tells what came of it.
 */
const [, , task = '', path = '', amount = ''] = argv;

const told = openHistory(path, { now: () => new Date(), busyMs: 10_000 });
if (!told.ok) {
  stdout.write(`${JSON.stringify(told.trouble)}\n`);
} else {
  const store = told.value;
  if (task === 'begin') {
    valueOf(await store.begin({ ...startOf(runOf(amount, 0, { a: 'pass' }), SCOPE.file) }));
    stdout.write('begun\n');
    setInterval(() => {}, 1000);
  }
  if (task === 'many') {
    for (let index = 0; index < Number(amount); index += 1) {
      const run = runOf(`${pid}-${index}`, index, { a: 'pass', b: 'fail' });
      valueOf(await store.begin(startOf(run, SCOPE.file)));
      valueOf(await store.finish(run, SCOPE.file));
      if (index === 0) stdout.write('begun\n');
    }
    await store.close();
  }
  if (task === 'end') {
    const run = runOf('large', 0, { a: 'pass' });
    const checks = Array.from({ length: Number(amount) }, (_, index) =>
      run.checks.map((check) => ({ ...check, id: `check-${index}`, message: 'm'.repeat(400) })),
    );
    const answer = await store.finish({ ...run, checks: checks.flat() }, SCOPE.file);
    stdout.write(`${JSON.stringify(answer)}\n`);
    await store.close();
  }
}
