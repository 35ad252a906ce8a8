import { describe, expect, test } from 'vitest';
import type { Reasoning } from '../neutral/request.ts';
import { render, targetOf } from './gemini.fixture.ts';

const thinkingOf = (model: string, reasoning: Reasoning) => {
  const { body, losses } = render({ reasoning }, targetOf(model));
  return { config: body.generationConfig?.thinkingConfig, losses: losses.length };
};

describe('models with levels', () => {
  test.each([
    ['gemini-3-flash-preview', { effort: 'minimal' }, 'MINIMAL', 0],
    ['gemini-3-flash-preview', { effort: 'none' }, 'MINIMAL', 1],
    ['gemini-4-argon', { effort: 'minimal' }, 'LOW', 1],
    ['gemini-3.8-flash', { effort: 'minimal' }, 'LOW', 1],
    ['gemini-3.5-flash-lite', { effort: 'minimal' }, 'MINIMAL', 0],
    ['gemini-3-pro-preview', { effort: 'medium' }, 'HIGH', 1],
    ['gemini-3.1-pro-preview', { effort: 'medium' }, 'MEDIUM', 0],
    ['gemini-4-argon', { effort: 'max' }, 'HIGH', 1],
    ['models/gemini-4-argon', { budgetTokens: 2_000 }, 'LOW', 0],
    ['gemini-4-argon', { budgetTokens: 20_000 }, 'HIGH', 0],
    ['gemini-flash-latest', { effort: 'low' }, 'LOW', 0],
  ] as const)('%s with %j gets %s', (model, reasoning, thinkingLevel, losses) => {
    expect(thinkingOf(model, reasoning)).toEqual({ config: { thinkingLevel }, losses });
  });

  test('choose for themselves where the client leaves it to them', () => {
    expect(thinkingOf('gemini-4-argon', { budgetTokens: -1 }).config).toBeUndefined();
    expect(thinkingOf('gemini-4-argon', { isShown: true }).config).toEqual({ includeThoughts: true });
  });
});

describe('models with budgets', () => {
  test.each([
    ['gemini-2.5-flash', { effort: 'none' }, 0, 0],
    ['gemini-2.5-pro', { effort: 'none' }, 128, 1],
    ['gemini-2.5-pro', { effort: 'max' }, 32_768, 0],
    ['gemini-2.5-flash', { effort: 'max' }, 24_576, 0],
    ['gemini-2.5-flash', { effort: 'medium' }, 8_192, 0],
    ['gemini-2.5-flash', { budgetTokens: 30_000 }, 24_576, 1],
    ['gemini-2.5-flash-lite', { budgetTokens: 100 }, 512, 1],
    ['gemini-2.5-pro', { budgetTokens: -1 }, -1, 0],
  ] as const)('%s with %j gets %i tokens', (model, reasoning, thinkingBudget, losses) => {
    expect(thinkingOf(model, reasoning)).toEqual({ config: { thinkingBudget }, losses });
  });

  test('show no thoughts where they have none', () => {
    expect(thinkingOf('gemini-2.5-flash', { effort: 'none', isShown: true }).config).toEqual({ thinkingBudget: 0 });
  });
});

test('models that do not think are not asked to', () => {
  expect(thinkingOf('gemini-2.0-flash', { effort: 'high' })).toEqual({ config: undefined, losses: 1 });
  expect(thinkingOf('gemma-3-27b-it', { effort: 'none' })).toEqual({ config: undefined, losses: 0 });
});

test('level and budget never stand together', () => {
  for (const model of ['gemini-2.5-pro', 'gemini-4-argon']) {
    const { config } = thinkingOf(model, { effort: 'low', budgetTokens: 5_000 });
    expect('thinkingLevel' in config && 'thinkingBudget' in config).toBe(false);
  }
});
