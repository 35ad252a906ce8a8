import { expect, test } from 'vitest';
import { anthropicVersion, rulesOf } from './model-rules.ts';

test.each<[string, Partial<ReturnType<typeof rulesOf>>]>([
  ['claude-2.1', { thinking: [], takesSampling: true, defaultMaxTokens: 4_096 }],
  ['claude-3-opus-20240229', { thinking: [], takesSchema: false, defaultMaxTokens: 4_096 }],
  ['claude-3-5-sonnet-20241022', { thinking: [], defaultMaxTokens: 8_192, takesTemperatureWithTopP: true }],
  ['claude-3-7-sonnet-20250219', { thinking: ['enabled', 'disabled'], takesSampling: true }],
  ['claude-opus-4-20250514', { thinking: ['enabled', 'disabled'], efforts: [], takesTemperatureWithTopP: true }],
  ['claude-haiku-4-5-20251001', { thinking: ['enabled', 'disabled'], efforts: [], takesTemperatureWithTopP: false }],
  ['claude-opus-4-5', { efforts: ['low', 'medium', 'high'], takesPrefill: true, takesSchema: true }],
  ['us.anthropic.claude-opus-4-6-v1:0', { thinking: ['adaptive', 'enabled', 'disabled'], takesPrefill: false }],
  ['anthropic/claude-opus-4.6', { efforts: ['low', 'medium', 'high', 'max'], takesSampling: true }],
  ['claude-opus-4-7', { takesSampling: false, thinking: ['adaptive', 'disabled'], takesSystemTurns: false }],
  ['claude-opus-4-8', { takesSystemTurns: true, takesForcedTool: 'unless_thinking' }],
  ['claude-opus-5', { thinking: ['adaptive', 'disabled'], mostEffortWithoutThinking: 'high' }],
  ['claude-opus-5-5', { thinking: ['adaptive'], takesForcedTool: 'never' }],
  ['claude-sonnet-5', { thinking: ['adaptive', 'disabled'], takesForcedTool: 'unless_thinking' }],
  ['claude-sonnet-5-5', { thinking: ['adaptive', 'between_tools'], takesForcedTool: 'never' }],
  ['claude-haiku-5-5', { thinking: ['adaptive', 'disabled'], takesForcedTool: 'unless_thinking' }],
  ['claude-fable-5', { thinking: ['adaptive'], takesForcedTool: 'unless_thinking' }],
  ['claude-fable-5-1', { thinking: ['adaptive'], takesForcedTool: 'never' }],
  ['claude-mythos-preview', { thinking: ['adaptive'], takesSampling: false }],
  ['claude-of-tomorrow', { thinking: ['adaptive'], takesSampling: false, takesSystemTurns: true }],
  ['glm-5.3', { thinking: ['enabled', 'disabled'], takesSampling: true, takesForcedTool: 'always' }],
])('%s', (model, rules) => {
  expect(rulesOf(model)).toMatchObject(rules);
});

test('the version header goes with the sampling fields', () => {
  expect(anthropicVersion('claude-opus-4-6')).toBe('2023-06-01');
  expect(anthropicVersion('claude-opus-4-7')).toBe('2026-10-21');
});
