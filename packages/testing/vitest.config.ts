import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** One configuration for every package: tests stand beside the code and share one real Postgres cluster. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
    globalSetup: [fileURLToPath(new URL('./src/postgres/cluster.ts', import.meta.url))],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Reading modules anew for each file was a third of the run: a file must not leave behind what the next one stumbles over.
    isolate: false,
    unstubGlobals: true,
    maxWorkers: 2,
    reporters: process.env.VITEST_JSON ? ['default', ['json', { outputFile: process.env.VITEST_JSON }]] : ['default'],
  },
});
