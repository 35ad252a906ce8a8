import type { ModelDay } from '@ai-bridge/usage';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { marginCsv } from './margin-csv.ts';
import { marginSums } from './margin-sums.ts';

const usd = 1_000_000_000n;
const of = (
  day: string,
  model: string,
  chargeNanoUsd: bigint,
  costNanoUsd: bigint,
  uncostedNanoUsd = 0n,
): ModelDay => ({
  ...{ day, model, chargeNanoUsd, costNanoUsd, uncostedNanoUsd },
});
const days = [
  of('2026-11-20', 'old', 5n * usd, 0n, 5n * usd),
  of('2026-11-21', 'good', 10n * usd, 6n * usd),
  of('2026-11-21', 'bad', 2n * usd, 3n * usd),
  of('2026-11-22', 'bad', 4n * usd, 3n * usd),
  of('2026-11-22', '=odd', 0n, usd / 2n),
];

test('days come newest first, models by what they cost, and a loss shows even where other days make up for it', () => {
  const sums = marginSums(days);
  expect(sums.total).toEqual({
    ...{ chargeNanoUsd: 21n * usd, costNanoUsd: (25n * usd) / 2n, uncostedNanoUsd: 5n * usd },
    ...{ marginNanoUsd: (7n * usd) / 2n, marginBasisPoints: 2_187, losses: 1 },
  });
  expect(sums.days).toMatchObject([
    { day: '2026-11-22', marginNanoUsd: usd / 2n, marginBasisPoints: 1_250, losses: 0 },
    { day: '2026-11-21', marginNanoUsd: 3n * usd, marginBasisPoints: 2_500, losses: 1 },
    { day: '2026-11-20', costNanoUsd: null, marginNanoUsd: null, marginBasisPoints: null, losses: 0 },
  ]);
  expect(sums.models.map(({ model, losses, marginBasisPoints }) => [model, losses, marginBasisPoints])).toEqual([
    ['good', 0, 4_000],
    ['bad', 1, 0],
    ['=odd', 0, null],
    ['old', 0, null],
  ]);
});

test('days, models and the whole come to the same', () => {
  const amount = fc.bigInt(0n, 10n ** 15n);
  const one = fc
    .record({ day: fc.constantFrom('a', 'b', 'c'), model: fc.constantFrom('m', 'n'), charge: amount, cost: amount })
    .map(({ day, model, charge, cost }) => of(day, model, charge, cost, charge / 3n));
  fc.assert(
    fc.property(fc.array(one), (earned) => {
      const { total, days: byDay, models } = marginSums(earned);
      for (const rows of [byDay, models])
        for (const amountOf of ['chargeNanoUsd', 'costNanoUsd', 'marginNanoUsd', 'losses'] as const)
          expect(rows.reduce((sum, row) => sum + BigInt(row[amountOf] ?? 0n), 0n)).toBe(BigInt(total[amountOf] ?? 0n));
    }),
  );
});

test('as a table it is exact, unknown costs are empty, and no name is a formula', () => {
  expect(marginCsv(days).replace('\uFEFF', '').trimEnd().split('\r\n')).toEqual([
    'day,model,revenue_usd,cost_usd,margin_usd,margin_percent,revenue_without_cost_usd',
    '2026-11-20,old,5,,,,5',
    '2026-11-21,good,10,6,4,40,0',
    '2026-11-21,bad,2,3,-1,-50,0',
    '2026-11-22,bad,4,3,1,25,0',
    "2026-11-22,'=odd,0,0.5,-0.5,,0",
  ]);
});
