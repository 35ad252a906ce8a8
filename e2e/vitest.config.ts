import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Kill, drain and load a worker as hard as the machine can: nothing may run beside them. Two that mostly wait are not among them. */
const alone = [
  'relay/never/!(bad-input|refund-while-spending).test.ts',
  'relay/outage.test.ts',
  'relay/coding-tools.test.ts',
  'relay/command.test.ts',
];
const common = { root: here('.'), testTimeout: 60_000, hookTimeout: 60_000, pool: 'forks' } as const;

/** End-to-end tests of the relay: real worker processes, a real Postgres, fake upstreams, official clients. */
export default defineConfig({
  root: here('.'),
  test: {
    globalSetup: [here('../packages/testing/src/postgres/cluster.ts'), here('support/build-worker.ts')],
    projects: [
      {
        test: {
          ...common,
          name: 'relay',
          include: ['relay/**/*.test.ts'],
          exclude: alone,
          // Two left a third of two processors idle: most of a file's time is waiting for what a worker does in its own time.
          maxWorkers: 3,
          // Reading modules anew for each file took a quarter of the processors; each file starts and ends what it uses.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...common, name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
