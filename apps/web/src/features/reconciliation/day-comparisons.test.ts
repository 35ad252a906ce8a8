import { expect, test } from 'vitest';
import { dayComparisons } from './day-comparisons.ts';

test('a day that only one record knows is compared with zero, and the newest day stands first', () => {
  const charged = [
    { day: '2026-11-19', amountNanoUsd: 5n },
    { day: '2026-11-20', amountNanoUsd: 7n },
  ];
  const captured = [
    { day: '2026-11-20', amountNanoUsd: 4n },
    { day: '2026-11-21', amountNanoUsd: 8n },
  ];
  expect(dayComparisons(charged, captured)).toEqual([
    { day: '2026-11-21', chargedNanoUsd: 0n, capturedNanoUsd: 8n },
    { day: '2026-11-20', chargedNanoUsd: 7n, capturedNanoUsd: 4n },
    { day: '2026-11-19', chargedNanoUsd: 5n, capturedNanoUsd: 0n },
  ]);
});
