import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readOpenAiUsage } from '../usage/openai.ts';
import { tierField, writeChatUsage } from './usage.ts';

const count = fc.nat(20_000_000);

test('usage that is written reads as what it was', () => {
  const usages = fc
    .record({
      input: count,
      cacheRead: count,
      cacheWrite5m: count,
      cacheWrite1h: count,
      output: count,
      part: fc.nat(100),
      rates: fc.constantFrom(undefined, ['batch'] as const, ['flex'] as const, ['priority'] as const),
    })
    .map(({ part, ...usage }) => ({ ...usage, reasoning: Math.floor((usage.output * part) / 100) }))
    .map((usage) => (usage.cacheWrite1h === 0 ? { ...usage, cacheWrite1h: undefined } : usage));
  fc.assert(
    fc.property(usages, (usage) => {
      const { service_tier } = tierField(usage);
      expect(readOpenAiUsage(writeChatUsage(usage), service_tier)).toEqual(JSON.parse(JSON.stringify(usage)));
    }),
  );
});

test('both objects with details are there even where nothing is known', () => {
  expect(writeChatUsage({})).toEqual({
    prompt_tokens: 0,
    completion_tokens: 0,
    total_tokens: 0,
    prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  });
});

test('rates that OpenAI has no word for are not told', () => {
  expect(tierField({ rates: ['fast', 'us'] })).toEqual({});
  expect(tierField({})).toEqual({});
});
