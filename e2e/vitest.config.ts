import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** End-to-end tests of the relay: a real worker process, a real Postgres, a fake upstream, official clients. */
export default defineConfig({
  root: here('.'),
  test: {
    include: ['relay/**/*.test.ts'],
    globalSetup: [here('../packages/testing/src/postgres/cluster.ts'), here('support/build-worker.ts')],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 1,
  },
});
