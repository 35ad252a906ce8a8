import { charge, listTerms, type Price, type Rate, rates } from '@ai-bridge/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  affordableOutputTokens,
  costOf,
  dearerRates,
  type ExpectedRequest,
  outputCostOf,
  reservedWebSearches,
} from './expected-cost.ts';

const price: Price = {
  id: 'prc_1',
  modelId: 'm',
  version: 1,
  input: 3_000_000_000n,
  output: 15_000_000_000n,
  requestFee: 5n,
  webSearch: 10_000_000n,
  tiers: [],
};
const list = { price, terms: listTerms };
const expected = (over: Partial<ExpectedRequest> = {}): ExpectedRequest => ({
  promptTokens: 1_000,
  maxOutputTokens: undefined,
  choices: 1,
  stream: false,
  askedRates: undefined,
  maySearch: false,
  ...over,
});
const asked = fc.option(fc.subarray([...rates], { minLength: 1 }), { nil: undefined });

test('what is held covers the answer at the rates asked for, granted or not, and the searches counted on', () => {
  const percent = fc.integer({ min: 1, max: 1_000 });
  const percents = fc.record({ flex: percent, priority: percent, fast: percent, us: percent }, { requiredKeys: [] });
  fc.assert(
    fc.property(asked, percents, fc.boolean(), fc.nat(100_000), (askedRates, ratePercents, maySearch, output) => {
      const priced = { ...price, ratePercents };
      const held = costOf(expected({ askedRates, maySearch }), output, { price: priced, terms: listTerms });
      const webSearches = maySearch ? reservedWebSearches : 0;
      for (const answered of [undefined, askedRates]) {
        const usage = { input: 1_000, output, webSearches, rates: answered };
        expect(held >= charge(usage, priced)).toBe(true);
      }
    }),
  );
});

test('a cheaper rate that was asked for is not counted on, nor one that costs no more', () => {
  const rated = (...named: Rate[]) => dearerRates(named, { ...price, ratePercents: { priority: 100 } });
  expect(rated('flex', 'priority')).toBeUndefined();
  expect(rated('batch', 'fast', 'us')).toEqual(['fast', 'us']);
  expect(dearerRates(undefined, price)).toBeUndefined();
});

test('the output that a balance affords costs no more than the balance, at any rates', () => {
  fc.assert(
    fc.property(asked, fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 12n }), (askedRates, maySearch, available) => {
      const request = expected({ askedRates, maySearch });
      const tokens = affordableOutputTokens(available, request, list);
      if (tokens > 0) expect(costOf(request, tokens, list) <= available).toBe(true);
    }),
  );
});

test('a step of a stream costs its tokens at the rate, without the fees that were reserved at the start', () => {
  expect(outputCostOf(1_000, list, undefined)).toBe(15_000_000n);
  expect(outputCostOf(1_000, list, ['fast'])).toBe(90_000_000n);
});
