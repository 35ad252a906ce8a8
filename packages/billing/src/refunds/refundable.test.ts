import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  computeRefundable,
  creditOfMoney,
  creditOfRefund,
  maxRoundingMinor,
  type OrderAccount,
  type OrderReturn,
} from './refundable.ts';

const account = (left: bigint, returns: OrderReturn[] = []): OrderAccount => ({
  ...{ amountMinor: 990n, boughtNanoUsd: 10_000_000_000n, leftNanoUsd: left, returns },
});
const refund = (amountMinor: bigint, creditNanoUsd: bigint): OrderReturn => ({
  ...{ kind: 'refund', id: 'rfd_1', state: 'succeeded', amountMinor, creditNanoUsd, takenNanoUsd: creditNanoUsd },
});

test('an unused order is worth what was paid, a used one nothing, a half used one half', () => {
  expect(computeRefundable(account(10_000_000_000n))).toMatchObject({ maxAmountMinor: 990n });
  expect(computeRefundable(account(5_000_000_000n))).toMatchObject({ maxAmountMinor: 495n });
  expect(computeRefundable(account(0n))).toMatchObject({ maxAmountMinor: 0n, maxCreditNanoUsd: 0n });
});

test('a part of an unused amount takes tokens in proportion, and all of it takes all tokens', () => {
  expect(creditOfRefund(account(10_000_000_000n), 495n)).toBe(5_000_000_000n);
  expect(creditOfRefund(account(9_999_999_999n), 990n)).toBe(9_999_999_999n);
  expect(() => creditOfRefund(account(5_000_000_000n), 496n)).toThrow(RangeError);
  expect(() => creditOfRefund(account(5_000_000_000n), 0n)).toThrow(RangeError);
});

test('the lines tell how it came about, and add up', () => {
  const { lines, maxAmountMinor } = computeRefundable(account(2_000_000_000n, [refund(495n, 5_000_000_000n)]));
  expect(lines).toEqual([
    { kind: 'bought', creditNanoUsd: 10_000_000_000n, amountMinor: 990n },
    { kind: 'used', creditNanoUsd: 3_000_000_000n },
    { kind: 'refund', id: 'rfd_1', creditNanoUsd: 5_000_000_000n, amountMinor: 495n },
    { kind: 'left', creditNanoUsd: 2_000_000_000n },
  ]);
  expect(maxAmountMinor).toBe(198n);
});

const step = fc.oneof(
  fc.record({ does: fc.constant('use' as const), share: fc.integer({ min: 0, max: 100 }) }),
  fc.record({ does: fc.constant('refund' as const), share: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ does: fc.constant('fail' as const), share: fc.nat(7) }),
  fc.record({ does: fc.constant('dispute' as const), share: fc.integer({ min: 1, max: 100 }) }),
);

test('whatever is used, refunded, failed and disputed: tokens add up, and money never exceeds what was paid or is due', () => {
  const history = (
    amountMinor: bigint,
    boughtNanoUsd: bigint,
    steps: (typeof step extends fc.Arbitrary<infer S> ? S : never)[],
  ) => {
    let left = boughtNanoUsd;
    let used = 0n;
    let failed = 0n;
    let returns: OrderReturn[] = [];
    const now = (): OrderAccount => ({ amountMinor, boughtNanoUsd, leftNanoUsd: left, returns });
    for (const [place, { does, share }] of steps.entries()) {
      const { maxAmountMinor } = computeRefundable(now());
      if (does === 'use') {
        const amount = (left * BigInt(share)) / 100n;
        left -= amount;
        used += amount;
      } else if (does === 'refund' && maxAmountMinor > 0n) {
        const money = share === 100 ? maxAmountMinor : (maxAmountMinor * BigInt(share)) / 100n || 1n;
        const credit = creditOfRefund(now(), money);
        expect(credit > 0n && credit <= left).toBe(true);
        left -= credit;
        returns = [...returns, { ...refund(money, credit), id: `rfd_${place}` }];
      } else if (does === 'fail' && returns[share]?.kind === 'refund') {
        left += returns[share]!.takenNanoUsd;
        returns = returns.toSpliced(share, 1);
        failed += 1n;
      } else if (does === 'dispute') {
        const open = amountMinor - returns.reduce((sum, one) => sum + one.amountMinor, 0n);
        const money = (open * BigInt(share)) / 100n;
        const credit = money === 0n ? 0n : creditOfMoney(now(), money);
        const takenNanoUsd = [credit, left].toSorted((a, b) => Number(a - b))[0]!;
        left -= takenNanoUsd;
        if (money > 0n) returns = [...returns, { ...refund(money, credit), kind: 'dispute', takenNanoUsd }];
      }
      const taken = returns.reduce((sum, one) => sum + one.takenNanoUsd, 0n);
      const credit = returns.reduce((sum, one) => sum + one.creditNanoUsd, 0n);
      const money = returns.reduce((sum, one) => sum + one.amountMinor, 0n);
      expect(taken + used + left).toBe(boughtNanoUsd);
      expect(money).toBeLessThanOrEqual(amountMinor);
      const { maxAmountMinor: still } = computeRefundable(now());
      expect(money + still).toBeLessThanOrEqual(amountMinor);
      // Money is worth no more than its tokens, but for the rounding.
      expect(money * boughtNanoUsd).toBeLessThan(amountMinor * credit + (maxRoundingMinor + failed) * boughtNanoUsd);
      const lines = computeRefundable(now()).lines;
      expect(lines.reduce((sum, line) => sum + line.creditNanoUsd, 0n)).toBe(2n * boughtNanoUsd);
      expect(lines.every((line) => line.creditNanoUsd >= 0n)).toBe(true);
    }
  };
  fc.assert(
    fc.property(
      fc.bigInt(1n, 10_000_000n),
      fc.bigInt(10_000_000n, 10n ** 15n),
      fc.array(step, { maxLength: 25 }),
      history,
    ),
    { numRuns: 2_000 },
  );
});
