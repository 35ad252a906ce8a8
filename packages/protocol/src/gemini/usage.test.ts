import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readGeminiUsage } from '../usage/gemini.ts';
import { writeUsage } from './usage.ts';

const count = fc.nat(20_000_000);

test('usage is read as it was written', () => {
  const usages = fc
    .record(
      {
        input: count,
        cacheRead: count,
        output: count,
        reasoning: count,
        rates: fc.constantFrom(['flex'] as const, ['priority'] as const),
      },
      { requiredKeys: ['input', 'output'] },
    )
    .filter(({ output, reasoning }) => (reasoning ?? 0) <= output);
  fc.assert(
    fc.property(usages, (usage) => {
      expect(readGeminiUsage(writeUsage(usage))).toEqual(usage);
    }),
  );
});

test('what is not known is not written as zero', () => {
  expect(writeUsage({})).toEqual({});
  expect(writeUsage({ output: 5 })).toEqual({ candidatesTokenCount: 5, totalTokenCount: 5 });
});

test('cache writes are part of the prompt', () => {
  expect(writeUsage({ input: 1, cacheWrite5m: 2, cacheWrite1h: 4, cacheRead: 8, output: 0 })).toEqual({
    promptTokenCount: 15,
    cachedContentTokenCount: 8,
    candidatesTokenCount: 0,
    totalTokenCount: 15,
  });
});
