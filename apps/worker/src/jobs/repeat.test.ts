import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { repeat } from './repeat.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('rounds follow each other, never overlap, and go on after one that failed', async () => {
  let open = 0;
  let rounds = 0;
  const errors: unknown[] = [];
  const job = repeat(
    async () => {
      expect(++open).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 500));
      open--;
      if (++rounds === 2) throw new Error('the second');
    },
    { everyMs: 100, onError: (error) => errors.push(error) },
  );
  await vi.advanceTimersByTimeAsync(10_000);
  expect(rounds).toBeGreaterThanOrEqual(15);
  expect(errors).toEqual([new Error('the second')]);
  const stopped = job.stop();
  await vi.advanceTimersByTimeAsync(500);
  await stopped;
});

test('a stop interrupts the round under way, waits for it, and none follows', async () => {
  let rounds = 0;
  const errors: unknown[] = [];
  const job = repeat(
    async (signal) => {
      rounds++;
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('interrupted'))));
    },
    { everyMs: 1_000_000, firstMs: 10, onError: (error) => errors.push(error) },
  );
  await vi.advanceTimersByTimeAsync(20);
  expect(rounds).toBe(1);
  await job.stop();
  await vi.advanceTimersByTimeAsync(10_000_000);
  expect(rounds).toBe(1);
  expect(errors).toEqual([]);
});
