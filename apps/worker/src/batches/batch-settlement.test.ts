import { batchCharge, type Price } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { type BatchKnowledge, settleBatch } from './batch-settlement.ts';
import { noOutput } from './read-output.ts';

const price: Price = {
  ...{ id: 'prc_1', modelId: 'm', version: 1, input: 2_000_000_000n, output: 8_000_000_000n, requestFee: 0n },
  tiers: [{ aboveTokens: 100, input: 4_000_000_000n }],
};
const batch = {
  multiplierBasisPoints: 10_000,
  lineCount: 4,
  completedLines: 0,
  certainPromptTokens: 100n,
  leastLineTokens: 10n,
};
const usages = [
  { input: 60, output: 5 },
  { input: 50, cacheRead: 4, output: 6 },
];
const settle = (known: Partial<BatchKnowledge>) =>
  settleBatch({ batch, state: undefined, output: undefined, costBasisPoints: 6_000, ...known }, price);
const state = (status: string, more: object = {}) => ({
  ...{ status, usage: undefined, completedLines: undefined },
  ...more,
});

test('what the requests used is charged, each at the tier of its own prompt', () => {
  expect(settle({ state: state('completed'), output: { ...noOutput, usages } })).toEqual({
    outcome: 'completed',
    usage: { input: 110, cacheRead: 4, output: 11, rates: ['batch'] },
    usageSource: 'reported',
    chargeNanoUsd: (114n * 2_000n + 11n * 8_000n) / 2n,
    costNanoUsd: (((114n * 2_000n + 11n * 8_000n) / 2n) * 6n) / 10n,
    errorCode: undefined,
  });
});

test.each([
  ['completed', 'completed', undefined],
  ['cancelled', 'client_left', undefined],
  ['expired', 'upstream_broke', 'upstream_broke'],
  ['failed', 'upstream_broke', 'upstream_broke'],
] as const)('a batch that is %s pays for what was answered', (status, outcome, errorCode) => {
  const settled = settle({ state: state(status), output: { ...noOutput, usages } });
  expect(settled).toMatchObject({ outcome, errorCode, chargeNanoUsd: batchCharge(usages, price) });
});

test('a batch costs what the group of its key pays', () => {
  const known = { batch: { ...batch, multiplierBasisPoints: 5_000 }, output: { ...noOutput, usages } };
  expect(settle({ ...known, state: state('completed') }).chargeNanoUsd).toBe(
    batchCharge(usages, price, { multiplierBasisPoints: 5_000, forgivenTokens: 0 }),
  );
});

test('a batch whose channel is gone costs nobody knows what', () => {
  const known = { output: { ...noOutput, usages }, costBasisPoints: undefined };
  expect(settle({ ...known, state: state('completed') }).costNanoUsd).toBeUndefined();
});

test('a batch without any answer costs nothing', () => {
  const none = { usage: {}, usageSource: 'none', chargeNanoUsd: 0n, costNanoUsd: 0n };
  expect(settle({ state: state('failed'), output: noOutput })).toEqual({
    ...none,
    ...{ outcome: 'failed', errorCode: 'invalid_request' },
  });
  expect(settle({ state: state('completed'), output: noOutput })).toMatchObject({ ...none, outcome: 'completed' });
});

test('an output that does not tell all gives way to the sum that the upstream tells, at the base price', () => {
  const usage = { input: 200, output: 20 };
  const known = { state: state('completed', { usage }) };
  const charge = (200n * 2_000n + 20n * 8_000n) / 2n;
  for (const output of [undefined, { ...noOutput, usages, unmetered: 1 }, { ...noOutput, usages, unreadable: 1 }]) {
    expect(settle({ ...known, output })).toMatchObject({ usage, usageSource: 'reported', chargeNanoUsd: charge });
  }
});

test('without such a sum the part that tells is charged, as an estimate', () => {
  const output = { usages, unmetered: 1, unreadable: 1 };
  expect(settle({ state: state('completed'), output })).toMatchObject({
    ...{ usageSource: 'estimated', chargeNanoUsd: batchCharge(usages, price) },
  });
});

test('with nothing to go by, answered requests are charged their shortest prompts, and others nothing', () => {
  const lost = (completed: number) => settle({ state: state('completed', { completedLines: completed }) });
  expect(lost(4)).toMatchObject({ usage: { input: 100 }, usageSource: 'estimated', chargeNanoUsd: 100_000n });
  expect(lost(9)).toMatchObject({ usage: { input: 100 } });
  expect(lost(3)).toMatchObject({ usage: { input: 30 }, chargeNanoUsd: 30_000n });
  const forgotten = settle({ batch: { ...batch, completedLines: 2 } });
  expect(forgotten).toMatchObject({ outcome: 'upstream_broke', usage: { input: 20 }, usageSource: 'estimated' });
  expect(settle({})).toMatchObject({ usageSource: 'none', chargeNanoUsd: 0n });
});
