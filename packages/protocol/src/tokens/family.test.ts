import { expect, test } from 'vitest';
import { familyOf } from './family.ts';

test.each([
  ['claude-3-5-sonnet-20241022', 'claude'],
  ['claude-3-opus', 'claude'],
  ['claude-sonnet-4-20250514', 'claude'],
  ['claude-opus-4-5-20251101', 'claude'],
  ['claude-sonnet-4-6', 'claude'],
  ['claude-opus-4-7', 'claude-since-4.7'],
  ['claude-opus-4-10', 'claude-since-4.7'],
  ['anthropic/claude-opus-4.8', 'claude-since-4.7'],
  ['us.anthropic.claude-haiku-5-5-v1:0', 'claude-since-4.7'],
  ['claude-sonnet-5', 'claude-since-4.7'],
  ['claude-mythos-preview', 'claude-since-4.7'],
  ['gpt-3.5-turbo', 'openai-before-4o'],
  ['gpt-4-turbo', 'openai-before-4o'],
  ['gpt-4', 'openai-before-4o'],
  ['gpt-4o-mini', 'openai'],
  ['gpt-4.1', 'openai'],
  ['openai/o3', 'openai'],
  ['gpt-6.1-sol', 'openai'],
  ['gemini-2.5-pro', 'gemini'],
  ['google/gemini-3.8-flash', 'gemini-since-3'],
  ['deepseek-v4', 'chinese'],
  ['kimi-k3.1', 'chinese'],
  ['grok-5', 'other'],
])('%s is of the family %s', (model, name) => {
  expect(familyOf(model).name).toBe(name);
});
