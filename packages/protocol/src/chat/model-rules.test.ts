import { describe, expect, test } from 'vitest';
import { modelRules } from './model-rules.ts';

describe('what OpenAI models take', () => {
  test.each([
    ['gpt-4o', 'system', [], 'always', true],
    ['ft:gpt-4.1-mini:acme', 'system', [], 'always', true],
    ['o4-mini', 'developer', ['low', 'medium', 'high'], 'never', false],
    ['gpt-5', 'developer', ['minimal', 'low', 'medium', 'high'], 'never', false],
    ['gpt-5-chat-latest', 'system', [], 'always', true],
    ['gpt-5-pro', 'developer', ['high'], 'never', false],
    ['gpt-5.1', 'developer', ['none', 'low', 'medium', 'high'], 'without reasoning', false],
    ['gpt-5.1-codex-max', 'developer', ['low', 'medium', 'high', 'xhigh'], 'never', false],
    ['gpt-5.4-mini', 'developer', ['none', 'low', 'medium', 'high', 'xhigh'], 'without reasoning', false],
    ['gpt-6-sol', 'developer', ['none', 'low', 'medium', 'high', 'xhigh', 'max'], 'without reasoning', false],
  ])('%s', (model, systemRole, efforts, takesTemperature, takesStop) => {
    const rules = modelRules(model);
    expect(rules).toMatchObject({ isOpenAi: true, systemRole, efforts, takesTemperature, takesStop });
    expect(rules.outputCap).toBe('max_completion_tokens');
  });

  test('cache marks go to GPT-5.6 and later only', () => {
    const marked = ['gpt-5.6-sol', 'gpt-6-luna', 'gpt-5.10'].map((model) => modelRules(model).takesCacheMarks);
    const unmarked = ['gpt-5.5', 'gpt-4o', 'o3', 'openai/gpt-5.6'].map((model) => modelRules(model).takesCacheMarks);
    expect(marked).toEqual([true, true, true]);
    expect(unmarked).toEqual([false, false, false, false]);
  });
});

describe('what other vendors take', () => {
  test.each([
    'deepseek-v4-pro',
    'glm-5.3',
    'kimi-k3',
    'MiniMax-M3',
    'qwen3-max',
    'llama-4',
    'gpt-oss-120b',
    'anything',
  ])('%s takes max_tokens and no tools of free text', (model) => {
    expect(modelRules(model)).toMatchObject({
      outputCap: 'max_tokens',
      takesFreeformTools: false,
      systemRole: 'system',
    });
  });

  test('DeepSeek and Kimi want thinking back', () => {
    for (const model of [
      'deepseek-v4-flash',
      'deepseek-reasoner',
      'kimi-k2.6',
      'kimi-k3.1-pro',
      'moonshotai/kimi-k2-thinking',
    ]) {
      expect(modelRules(model).thinkingBack).toBe('required');
    }
    expect(modelRules('kimi-k2-0905-preview').thinkingBack).toBe('never');
  });

  test("an aggregator's id gets the effort, not the vendor's own switches", () => {
    expect(modelRules('qwen/qwen3-max')).toMatchObject({
      thinkingOn: undefined,
      efforts: ['none', 'low', 'medium', 'high'],
    });
    expect(modelRules('minimax/minimax-m2').always).toEqual({});
    expect(modelRules('openai/gpt-5.6').toolsForbidReasoning).toBe(false);
  });
});
