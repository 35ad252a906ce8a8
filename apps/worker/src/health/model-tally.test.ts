import type { ModelHealthSums } from '@ai-bridge/usage';
import { afterEach, expect, test } from 'vitest';
import { ModelTally } from './model-tally.ts';

const clock = { now: () => 0, monotonicMs: () => 0 };
let tally: ModelTally;
afterEach(() => tally.close());

function setUp() {
  const added: ModelHealthSums[][] = [];
  const forgotten: Date[] = [];
  let isAway = false;
  tally = new ModelTally({
    clock,
    async add(sums) {
      if (isAway) throw new Error('away');
      added.push([...sums]);
    },
    async forget(before) {
      forgotten.push(before);
    },
    onError() {},
  });
  return {
    added,
    forgotten,
    setAway: (value: boolean) => {
      isAway = value;
    },
  };
}

test('attempts are summed by model, provider and five minutes, and written once', async () => {
  const { added, forgotten } = setUp();
  tally.answered('m', 'p', 1_000, 60);
  tally.answered('m', 'p', 2_000, undefined);
  tally.failed('m', 'p', 299_999);
  tally.failed('m', 'q', 299_999);
  tally.answered('m', 'p', 300_000, 60_001);
  await tally.flush();
  await tally.flush();
  expect(added).toHaveLength(1);
  expect(added[0]).toMatchObject([
    { at: new Date(0), model: 'm', provider: 'p', requests: 3, failures: 1 },
    { at: new Date(0), model: 'm', provider: 'q', requests: 1, failures: 1 },
    { at: new Date(300_000), model: 'm', provider: 'p', requests: 1, failures: 0 },
  ]);
  expect(added[0]?.[0]?.firstByteCounts.slice(0, 3)).toEqual([0, 1, 0]);
  expect(added[0]?.[2]?.firstByteCounts.at(-1)).toBe(1);
  expect(forgotten).toHaveLength(1);
});

test('what cannot be written is added to what comes after, and nothing is lost', async () => {
  const { added, setAway } = setUp();
  setAway(true);
  tally.answered('m', 'p', 0, 60);
  await tally.flush();
  tally.failed('m', 'p', 1);
  setAway(false);
  await tally.flush();
  expect(added).toMatchObject([[{ requests: 2, failures: 1 }]]);
});

test('the end writes what is left', async () => {
  const { added } = setUp();
  tally.failed('m', 'p', 0);
  await tally.close();
  expect(added).toMatchObject([[{ requests: 1 }]]);
});
