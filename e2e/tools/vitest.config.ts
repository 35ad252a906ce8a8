import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Coding tools that are too large for every run: `pnpm --filter @ai-bridge/e2e tools`. */
export default defineConfig({
  root: here('.'),
  test: {
    globalSetup: [here('../../packages/testing/src/postgres/cluster.ts'), here('../support/build-worker.ts')],
    include: ['*.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 600_000,
  },
});
