import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    restoreMocks: true,
    // Most of the time of these tests is spent waiting; left alone, Vitest takes one core less than there are.
    maxWorkers: Math.max(2, availableParallelism()),
  },
});
