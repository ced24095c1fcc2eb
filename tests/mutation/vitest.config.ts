import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Properties and tables of every combination take longest: most changes are noticed before their turn comes. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => /property|table/.test(moduleId);
    return files.toSorted((a, b) => Number(isLong(a)) - Number(isLong(b)) || a.moduleId.localeCompare(b.moduleId));
  }
}

/** How the tests run that have to notice a change: one after the other, in one thread, the same each time. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    // It starts a process, which sees nothing of a change.
    exclude: ['**/lazy.test.ts'],
    setupFiles: ['tests/mutation/setup.ts'],
    restoreMocks: true,
    // A machine that is busy has noticed nothing.
    testTimeout: 60_000,
    isolate: false,
    sequence: { sequencer: QuickFirst },
  },
});
