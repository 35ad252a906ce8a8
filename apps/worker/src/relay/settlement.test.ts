import { listTerms, type Price } from '@ai-bridge/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AnswerEnd, settle as settleAt } from './settlement.ts';

const price: Price = {
  id: 'prc_1',
  modelId: 'm',
  version: 1,
  input: 1_000_000_000n,
  output: 2_000_000_000n,
  requestFee: 0n,
  tiers: [],
};
const settle = (ended: AnswerEnd, at: Price, lostCacheTokens = 0) =>
  settleAt(ended, { price: at, terms: listTerms, channel: { costBasisPoints: 10_000 } }, lostCacheTokens);
const end = (over: Partial<AnswerEnd>): AnswerEnd => ({
  outcome: 'completed',
  reported: { input: 100, output: 50 },
  isFinal: true,
  deliveredOutputTokens: 40,
  promptBytes: 600,
  hasBegun: true,
  ...over,
});

test('failed before its first byte: the customer pays nothing', () => {
  expect(settle(end({ outcome: 'failed', hasBegun: false }), price)).toEqual({
    usage: {},
    usageSource: 'none',
    chargeNanoUsd: 0n,
    costNanoUsd: 0n,
    terms: listTerms,
  });
});

test('completed, usage reported: exactly that', () => {
  expect(settle(end({}), price)).toEqual({
    usage: { input: 100, output: 50 },
    usageSource: 'reported',
    chargeNanoUsd: 200_000n,
    costNanoUsd: 200_000n,
    terms: listTerms,
  });
});

test('completed, reported as zero: zero is a number', () => {
  expect(settle(end({ reported: { input: 0, output: 0 } }), price)).toMatchObject({
    usageSource: 'reported',
    chargeNanoUsd: 0n,
  });
});

test('completed, usage not reported: an estimate of what surely went out, marked so', () => {
  expect(settle(end({ reported: undefined, isFinal: false }), price)).toEqual({
    usage: { input: 100, output: 40 },
    usageSource: 'estimated',
    chargeNanoUsd: 180_000n,
    costNanoUsd: 180_000n,
    terms: listTerms,
  });
});

test('a rate and searches that were told before the count was cut are part of the estimate', () => {
  const cut = { outcome: 'upstream_broke', isFinal: false } as const;
  const fees: Price = { ...price, webSearch: 10_000_000n };
  expect(settle(end({ ...cut, reported: { rates: ['flex'] } }), fees)).toEqual({
    usage: { input: 100, output: 40, rates: ['flex'] },
    usageSource: 'estimated',
    terms: listTerms,
    chargeNanoUsd: 90_000n,
    costNanoUsd: 90_000n,
  });
  expect(settle(end({ ...cut, reported: { input: 10, webSearches: 2, rates: ['us'] } }), fees)).toEqual({
    usage: { input: 10, output: 40, webSearches: 2, rates: ['us'] },
    usageSource: 'estimated',
    terms: listTerms,
    chargeNanoUsd: 99_000n + 20_000_000n,
    costNanoUsd: 99_000n + 20_000_000n,
  });
});

test('client left, usage drained: what was used', () => {
  expect(settle(end({ outcome: 'client_left' }), price)).toMatchObject({
    usageSource: 'reported',
    chargeNanoUsd: 200_000n,
  });
});

test('client left, no final usage: the reported prompt and what was delivered', () => {
  expect(settle(end({ outcome: 'client_left', reported: { input: 70, output: 1 }, isFinal: false }), price)).toEqual({
    usage: { input: 70, output: 40 },
    usageSource: 'estimated',
    chargeNanoUsd: 150_000n,
    costNanoUsd: 150_000n,
    terms: listTerms,
  });
});

test('upstream broke mid-stream: what was delivered', () => {
  expect(
    settle(end({ outcome: 'upstream_broke', reported: undefined, isFinal: false, deliveredOutputTokens: 7 }), price),
  ).toMatchObject({
    usage: { input: 100, output: 7 },
    chargeNanoUsd: 114_000n,
  });
});

test('our process died: the checkpoint, which is an estimate', () => {
  expect(
    settle(
      end({ outcome: 'upstream_broke', reported: { input: 10 }, isFinal: false, deliveredOutputTokens: 3 }),
      price,
    ),
  ).toMatchObject({
    usage: { input: 10, output: 3 },
    usageSource: 'estimated',
  });
});

test('balance used up: never more than was reserved', () => {
  expect(
    settle(end({ outcome: 'interrupted', isFinal: false, reported: undefined, chargeAtMost: 5n }), price).chargeNanoUsd,
  ).toBe(5n);
});

const cached: Price = { ...price, cacheRead: 100_000_000n, cacheWrite5m: 1_250_000_000n };

test('what our own switch of channel lost of the cache is charged as read from it, once', () => {
  const moved = end({ reported: { input: 50, cacheRead: 20, cacheWrite5m: 100, output: 1 } });
  expect(settle(moved, cached, 70).terms.forgivenTokens).toBe(50);
  expect(settle(moved, cached, 500).terms.forgivenTokens).toBe(150);
  expect(settle(moved, cached, 20).terms).toEqual(listTerms);
  expect(settle(moved, cached, 70).usage).toEqual(moved.reported);
});

test('a switch of ours never makes a request dearer, nor cheaper than if all of its prompt had been cached', () => {
  const tokens = fc.nat(100_000);
  const usages = fc.record({
    input: tokens,
    cacheRead: tokens,
    cacheWrite5m: tokens,
    cacheWrite1h: tokens,
    output: tokens,
  });
  fc.assert(
    fc.property(usages, fc.nat(500_000), (reported, lost) => {
      const charged = settle(end({ reported }), cached, lost);
      const { output, ...prompt } = reported;
      const cacheRead = Object.values(prompt).reduce((sum, count) => sum + count, 0);
      expect(charged.chargeNanoUsd <= settle(end({ reported }), cached).chargeNanoUsd).toBe(true);
      expect(charged.chargeNanoUsd >= settle(end({ reported: { cacheRead, output } }), cached).chargeNanoUsd).toBe(
        true,
      );
      expect(charged.terms.forgivenTokens).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('an answer costs the channel’s share of list price, whatever the customer pays, is forgiven or has left', () => {
  const at = (costBasisPoints: number, multiplierBasisPoints = 10_000) => ({
    ...{ price: cached, channel: { costBasisPoints } },
    terms: { multiplierBasisPoints, forgivenTokens: 0 },
  });
  expect(settleAt(end({}), at(6_000), 0)).toMatchObject({ chargeNanoUsd: 200_000n, costNanoUsd: 120_000n });
  expect(settleAt(end({}), at(6_000, 5_000), 0)).toMatchObject({ chargeNanoUsd: 100_000n, costNanoUsd: 120_000n });
  expect(settleAt(end({}), at(0), 0)).toMatchObject({ chargeNanoUsd: 200_000n, costNanoUsd: 0n });
  const moved = end({ reported: { input: 50, cacheRead: 20, cacheWrite5m: 100, output: 1 } });
  expect(settle(moved, cached, 70)).toMatchObject({ costNanoUsd: settle(moved, cached).chargeNanoUsd });
  const cut = settle(end({ outcome: 'interrupted', isFinal: false, reported: undefined, chargeAtMost: 5n }), price);
  expect(cut).toMatchObject({ chargeNanoUsd: 5n, costNanoUsd: 180_000n });
});
