import { charge, maxTokensOfAKind, type Price } from '@ai-bridge/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAnthropicUsage } from './anthropic.ts';
import { readGeminiUsage } from './gemini.ts';
import { readOpenAiUsage } from './openai.ts';

/** Prices in USD per million, exact to six decimals, as nano-USD. */
function price(
  usd: Partial<Record<'input' | 'output' | 'cacheRead' | 'cacheWrite5m', number>>,
  tiers: Price['tiers'] = [],
) {
  const nano = Object.fromEntries(
    Object.entries(usd).map(([kind, amount]) => [kind, BigInt(Math.round(amount * 1e9))]),
  );
  return { id: 'p', modelId: 'm', version: 1, requestFee: 0n, input: 0n, output: 0n, tiers, ...nano } satisfies Price;
}

describe('golden vectors of billing', () => {
  test('1: an Anthropic cache write is charged once', () => {
    const usage = readAnthropicUsage({
      input_tokens: 3,
      cache_creation_input_tokens: 12304,
      cache_read_input_tokens: 0,
      output_tokens: 550,
    });
    expect(usage).toEqual({ input: 3, cacheRead: 0, cacheWrite5m: 12304, output: 550 });
    expect(charge(usage!, price({ input: 3, output: 15, cacheWrite5m: 3.75, cacheRead: 0.3 }))).toBe(54_399_000n);
  });

  test('2: a Gemini prompt count is charged without its cached part', () => {
    const usage = readGeminiUsage({
      promptTokenCount: 24643,
      cachedContentTokenCount: 24503,
      candidatesTokenCount: 3000,
      thoughtsTokenCount: 110,
    });
    expect(charge(usage!, price({ input: 1.5, cacheRead: 0.15, output: 9 }))).toBe(31_875_450n);
  });

  test('3: Gemini thoughts are output', () => {
    const usage = readGeminiUsage({
      promptTokenCount: 20,
      candidatesTokenCount: 151,
      thoughtsTokenCount: 382,
      totalTokenCount: 553,
    });
    expect(usage).toMatchObject({ output: 533, reasoning: 382 });
  });

  test('4: more cached than prompt means that the prompt count is exclusive', () => {
    const usage = readOpenAiUsage({ prompt_tokens: 56322, prompt_tokens_details: { cached_tokens: 72960 } });
    expect(usage).toEqual({ input: 56322, cacheRead: 72960 });
  });

  test('5: cache reads count towards the tier of the prompt', () => {
    const usage = readAnthropicUsage({ input_tokens: 90_000, cache_read_input_tokens: 20_000, output_tokens: 1000 });
    const tier = { aboveTokens: 100_000, input: 500_000_000n, cacheRead: 50_000_000n, output: 2_500_000_000n };
    const amount = charge(usage!, price({ input: 0.1, cacheRead: 0.01, output: 0.5 }, [tier]));
    expect(amount).toBe(90_000n * 500n + 20_000n * 50n + 1000n * 2500n);
  });

  test('6: chat cache writes and reads are taken out of the prompt, and the long tier holds for all of it', () => {
    const usage = readOpenAiUsage({
      prompt_tokens: 300_000,
      completion_tokens: 1000,
      prompt_tokens_details: { cached_tokens: 200_000, cache_write_tokens: 50_000 },
    });
    const tier = {
      aboveTokens: 272_000,
      input: 4_000_000_000n,
      cacheRead: 400_000_000n,
      cacheWrite5m: 5_000_000_000n,
      output: 15_000_000_000n,
    };
    expect(charge(usage!, price({ input: 2, output: 10 }, [tier]))).toBe(545_000_000n);
  });
});

describe('usage readers', () => {
  test('the split of Anthropic cache writes is kept, and what it leaves out goes to five minutes', () => {
    const split = { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 };
    expect(readAnthropicUsage({ cache_creation_input_tokens: 35, cache_creation: split })).toEqual({
      cacheWrite5m: 15,
      cacheWrite1h: 20,
    });
    expect(readAnthropicUsage({ cache_creation: split })).toEqual({ cacheWrite5m: 10, cacheWrite1h: 20 });
  });

  test('Anthropic compaction is charged on top of the counters that leave it out', () => {
    const iterations = [
      { type: 'compaction', input_tokens: 100, output_tokens: 20 },
      { type: 'message', input_tokens: 5, output_tokens: 7 },
    ];
    expect(readAnthropicUsage({ input_tokens: 5, output_tokens: 7, iterations })).toEqual({ input: 105, output: 27 });
  });

  test('DeepSeek and Moonshot cache counts are read where they put them', () => {
    expect(readOpenAiUsage({ prompt_tokens: 10, prompt_cache_hit_tokens: 8, prompt_cache_miss_tokens: 2 })).toEqual({
      input: 2,
      cacheRead: 8,
    });
    expect(readOpenAiUsage({ prompt_tokens: 10, cached_tokens: 4 })).toEqual({ input: 6, cacheRead: 4 });
  });

  test('Responses counts and their long cache writes', () => {
    const details = { cached_tokens: 3, cache_write_tokens: 5, cache_write_tokens_details: { ttl_12h_tokens: 2 } };
    const output = { output_tokens: 9, output_tokens_details: { reasoning_tokens: 4 }, total_tokens: 29 };
    expect(readOpenAiUsage({ input_tokens: 20, input_tokens_details: details, ...output })).toEqual({
      input: 12,
      cacheRead: 3,
      cacheWrite5m: 3,
      cacheWrite1h: 2,
      output: 9,
      reasoning: 4,
    });
  });

  test('reasoning that the total counts apart from the output is output', () => {
    const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 22 };
    expect(readOpenAiUsage({ ...usage, completion_tokens_details: { reasoning_tokens: 7 } })).toMatchObject({
      output: 12,
      reasoning: 7,
    });
  });

  test('Gemini tool prompts are input; thoughts inside the candidates are not added again', () => {
    expect(
      readGeminiUsage({
        promptTokenCount: 10,
        toolUsePromptTokenCount: 5,
        candidatesTokenCount: 30,
        thoughtsTokenCount: 12,
        totalTokenCount: 45,
      }),
    ).toEqual({ input: 15, output: 30, reasoning: 12 });
  });

  test('zero is told, absence is not', () => {
    expect(readOpenAiUsage({ prompt_tokens: 0, completion_tokens: 0 })).toEqual({ input: 0, output: 0 });
    expect(readOpenAiUsage({})).toBeUndefined();
    expect(readAnthropicUsage({ input_tokens: null })).toBeUndefined();
    expect(readGeminiUsage({ promptTokenCount: 3 })).toEqual({ input: 3 });
  });

  test('whatever an upstream sends, every count is a whole number within bounds and reasoning within output', () => {
    const odd = fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constant(null), fc.constant(1e300), fc.nat(1000));
    const names = [
      'input_tokens',
      'prompt_tokens',
      'output_tokens',
      'completion_tokens',
      'total_tokens',
      'cached_tokens',
    ];
    names.push('cache_read_input_tokens', 'cache_creation_input_tokens', 'cache_write_tokens', 'reasoning_tokens');
    names.push('promptTokenCount', 'candidatesTokenCount', 'thoughtsTokenCount', 'totalTokenCount', 'thinking_tokens');
    names.push('cachedContentTokenCount', 'toolUsePromptTokenCount', 'ephemeral_5m_input_tokens');
    const flat = fc.dictionary(fc.constantFrom(...names), odd);
    const places = ['prompt_tokens_details', 'output_tokens_details', 'cache_creation', 'iterations'];
    const raw = fc.tuple(flat, fc.dictionary(fc.constantFrom(...places), fc.oneof(flat, odd)));
    fc.assert(
      fc.property(raw, ([counts, details]) => {
        for (const read of [readAnthropicUsage, readOpenAiUsage, readGeminiUsage]) {
          const usage = read({ ...counts, ...details }) ?? {};
          for (const count of Object.values(usage)) {
            if (count === undefined) continue;
            expect(Number.isInteger(count) && count >= 0 && count <= maxTokensOfAKind).toBe(true);
          }
          if (usage.reasoning !== undefined && usage.output !== undefined) {
            expect(usage.reasoning).toBeLessThanOrEqual(usage.output);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
