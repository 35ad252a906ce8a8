import { maxTokensOfAKind, maxWebSearches } from '@ai-bridge/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { usageOf } from './response-end.ts';
import { usageFields, writeUsage } from './usage.ts';

const count = fc.nat(maxTokensOfAKind / 4);

test('what is written is read again', () => {
  const usages = fc.record({
    input: count,
    cacheRead: count,
    cacheWrite5m: count,
    cacheWrite1h: count,
    output: count,
    webSearches: fc.option(fc.nat(maxWebSearches), { nil: undefined }),
    rates: fc.constantFrom(undefined, ['batch'] as const, ['flex'] as const, ['priority'] as const),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(usages, ({ share, ...counts }) => {
      const usage = { ...counts, reasoning: Math.floor(counts.output * share) };
      expect(usageOf(usageFields(usage))).toEqual(usage);
    }),
  );
});

test('what is not known is a whole number too', () => {
  expect(writeUsage({ input: 1 })).toEqual({
    input_tokens: 1,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens: 0,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 1,
  });
});

test('an answer at the standard says so, whatever was asked for', () => {
  expect(usageFields({ input: 1 })).toEqual({ service_tier: 'default', usage: writeUsage({ input: 1 }) });
  expect(usageFields({ input: 1, rates: ['fast'] })).toMatchObject({ service_tier: 'default' });
});
