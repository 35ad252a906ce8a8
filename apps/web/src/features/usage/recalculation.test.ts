import { listTerms, type Price } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { type ChargedRequest, recalculate } from './recalculation.ts';

const price: Price = {
  ...{ id: 'prc_1', modelId: 'm', version: 1, tiers: [], requestFee: 5n },
  ...{ input: 1_000_000_000n, output: 2_000_000_000n },
};

function request(change: Partial<ChargedRequest> = {}): ChargedRequest {
  return {
    usage: { input: 3, output: 4 },
    usageSource: 'reported',
    endpoint: '/v1/messages',
    price,
    terms: listTerms,
    chargeNanoUsd: 11_005n,
    errorCode: null,
    attempts: [{}],
    ...change,
  };
}

test('a charge that is what the rule makes of usage and price agrees', () => {
  expect(recalculate(request())).toEqual({ computedNanoUsd: 11_005n, verdict: 'agrees' });
});

test('the terms of the charge are part of the rule', () => {
  const agreed = { multiplierBasisPoints: 8_000, forgivenTokens: 0 };
  expect(recalculate(request({ terms: agreed, chargeNanoUsd: 8_804n })).verdict).toBe('agrees');
  expect(recalculate(request({ terms: agreed })).verdict).toBe('unexplained');
});

test('where nothing was used nothing is to be paid, not even the fee', () => {
  const unused = { usage: {}, usageSource: 'none', chargeNanoUsd: 0n } as const;
  expect(recalculate(request(unused))).toEqual({ computedNanoUsd: 0n, verdict: 'nothing_used' });
  expect(recalculate(request({ ...unused, price: undefined })).verdict).toBe('nothing_used');
  expect(recalculate(request({ ...unused, chargeNanoUsd: 1n })).verdict).toBe('unexplained');
});

test('a stream that the balance ended may have been charged less, never more', () => {
  const cut = { errorCode: 'insufficient_balance', attempts: [{ error: 'balance used up' }] };
  expect(recalculate(request({ ...cut, chargeNanoUsd: 9_000n })).verdict).toBe('balance');
  // The client had left, so no error was told, but the balance ended the reading on.
  expect(recalculate(request({ ...cut, errorCode: null, chargeNanoUsd: 9_000n })).verdict).toBe('balance');
  expect(recalculate(request({ ...cut, chargeNanoUsd: 11_006n })).verdict).toBe('unexplained');
});

test('any other difference, however small, is shown as one', () => {
  for (const chargeNanoUsd of [11_004n, 11_006n, 0n]) {
    expect(recalculate(request({ chargeNanoUsd })).verdict).toBe('unexplained');
  }
});

test('without a price that can be read nothing is claimed', () => {
  expect(recalculate(request({ price: undefined }))).toEqual({ computedNanoUsd: undefined, verdict: 'no_price' });
});

test('a batch, whose requests were charged one by one, may differ from the sum of their usage', () => {
  const batch = { endpoint: '/v1/batches', usage: { input: 3, output: 4, rates: ['batch'] as const } };
  expect(recalculate(request({ ...batch, chargeNanoUsd: 5_505n })).verdict).toBe('agrees');
  expect(recalculate(request({ ...batch, chargeNanoUsd: 5_510n })).verdict).toBe('batch');
  const flat = { ...price, requestFee: 0n };
  expect(recalculate(request({ ...batch, price: flat, chargeNanoUsd: 5_510n })).verdict).toBe('unexplained');
});
