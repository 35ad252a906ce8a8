import { setTimeout as sleep } from 'node:timers/promises';

const pauseMs = 20;

/** Asks again until the answer is neither false nor undefined. Fails after `withinMs`; an error of `check` fails at once. */
export async function eventually<Result>(
  check: () => Promise<Result | false | undefined> | Result | false | undefined,
  { withinMs = 5_000, what = () => 'it did not come true' }: { withinMs?: number; what?: () => string } = {},
): Promise<Result> {
  const end = performance.now() + withinMs;
  for (;;) {
    const result = await check();
    if (result !== false && result !== undefined) return result;
    if (performance.now() > end) throw new Error(`after ${withinMs} ms: ${what()}`);
    await sleep(pauseMs);
  }
}
