import { maxTokensOfAKind, maxWebSearches, promptTokens, type Rate } from '@ai-bridge/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAnthropicUsage } from '../usage/anthropic.ts';
import { writeUsage } from './usage.ts';

const count = fc.nat(10_000_000);

/** Every combination of rates that Anthropic has words for. */
const rates = fc
  .tuple(fc.constantFrom([], ['batch'] as const, ['priority'] as const), fc.subarray(['fast', 'us'] as const))
  .map(([tier, rest]): Rate[] | undefined => (tier.length + rest.length === 0 ? undefined : [...tier, ...rest]));

test('usage that was written is read as the same', () => {
  const usages = fc
    .record({
      input: count,
      cacheRead: count,
      cacheWrite5m: count,
      cacheWrite1h: count,
      output: count,
      webSearches: fc.option(fc.nat(maxWebSearches), { nil: undefined }),
      rates,
    })
    .chain((usage) =>
      fc.option(fc.nat(usage.output), { nil: undefined }).map((reasoning) => ({ ...usage, reasoning })),
    );
  fc.assert(
    fc.property(usages, (usage) => {
      const read = readAnthropicUsage(writeUsage(usage));
      expect(read).toEqual(usage);
      expect(promptTokens(read ?? {})).toBe(promptTokens(usage));
    }),
  );
});

test('what was not reported is told as integers all the same', () => {
  expect(writeUsage({})).toMatchObject({
    input_tokens: 0,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: 0,
    output_tokens_details: null,
    server_tool_use: null,
    service_tier: null,
  });
  expect(writeUsage({ input: maxTokensOfAKind })['input_tokens']).toBe(maxTokensOfAKind);
});

test('a rate that Anthropic has no word for is not told', () => {
  expect(readAnthropicUsage(writeUsage({ input: 1, rates: ['flex'] }))?.rates).toBeUndefined();
});
