import { describe, expect, test } from 'vitest';
import type { NeutralRequest } from '../neutral/request.ts';
import { f, neutral, parse, render, target } from './request.fixture.ts';

describe('thinking by model', () => {
  const thought = (model: string, reasoning: NeutralRequest['reasoning'], some: Partial<NeutralRequest> = {}) => {
    const { body, lost } = render(neutral({ reasoning, ...some }), target(model));
    return { thinking: body.thinking, effort: body.output_config?.effort, lost };
  };

  test.each<[string, NeutralRequest['reasoning'], object]>([
    [
      'claude-opus-5',
      { effort: 'high', isShown: true },
      { thinking: { type: 'adaptive', display: 'summarized' }, effort: 'high', lost: [] },
    ],
    ['claude-opus-5', { effort: 'none' }, { thinking: { type: 'disabled' }, effort: undefined, lost: [] }],
    [
      'claude-opus-5',
      { budgetTokens: 5000 },
      { thinking: { type: 'adaptive' }, effort: 'medium', lost: ['thinking.budget_tokens'] },
    ],
    ['claude-opus-5', { budgetTokens: -1 }, { thinking: { type: 'adaptive' }, effort: undefined, lost: [] }],
    [
      'claude-opus-5',
      { effort: 'minimal' },
      { thinking: { type: 'adaptive' }, effort: 'low', lost: ['output_config.effort'] },
    ],
    ['claude-opus-5-5', { effort: 'none' }, { thinking: undefined, effort: 'low', lost: ['thinking'] }],
    ['claude-sonnet-5-5', { effort: 'none' }, { thinking: { type: 'between_tools' }, effort: undefined, lost: [] }],
    [
      'claude-opus-4-6',
      { effort: 'xhigh' },
      { thinking: { type: 'adaptive' }, effort: 'high', lost: ['output_config.effort'] },
    ],
    [
      'claude-opus-4-6',
      { budgetTokens: 5000 },
      { thinking: { type: 'enabled', budget_tokens: 5000 }, effort: undefined, lost: [] },
    ],
    [
      'claude-sonnet-4-5',
      { effort: 'low' },
      { thinking: { type: 'enabled', budget_tokens: 2048 }, effort: undefined, lost: [] },
    ],
    ['claude-3-5-sonnet-20241022', { effort: 'high' }, { thinking: undefined, effort: undefined, lost: ['thinking'] }],
    ['claude-3-5-sonnet-20241022', { effort: 'none' }, { thinking: undefined, effort: undefined, lost: [] }],
    ['claude-opus-5', undefined, { thinking: undefined, effort: undefined, lost: [] }],
  ])('%s, asked for %j', (model, reasoning, expected) => {
    expect(thought(model, reasoning)).toEqual(expected);
  });

  test('a budget stays below max_tokens; where too little is left, it does not think', () => {
    const model = 'claude-sonnet-4-5';
    expect(thought(model, { budgetTokens: 9000 }, { maxOutputTokens: 4000 }).thinking).toEqual({
      type: 'enabled',
      budget_tokens: 3999,
    });
    expect(thought(model, { effort: 'high' }, { maxOutputTokens: 4000 }).thinking).toMatchObject({
      budget_tokens: 2000,
    });
    expect(thought(model, { effort: 'high' }, { maxOutputTokens: 500 })).toMatchObject({
      thinking: { type: 'disabled' },
      lost: ['thinking'],
    });
  });

  test('a forced tool turns thinking off, or is no longer forced where thinking cannot be turned off', () => {
    const forced = { tools: [f], toolChoice: { kind: 'any' }, reasoning: { effort: 'max' } } as const;
    const off = render(neutral(forced), target('claude-opus-5'));
    expect(off.body).toMatchObject({
      thinking: { type: 'disabled' },
      tool_choice: { type: 'any' },
      output_config: { effort: 'high' },
    });
    expect(off.lost).toEqual(['thinking', 'output_config.effort']);
    const free = render(neutral(forced), target('claude-opus-5-5'));
    expect(free.body).toMatchObject({ thinking: { type: 'adaptive' }, tool_choice: { type: 'auto' } });
    expect(free.lost).toEqual(['tool_choice']);
  });

  test('a client’s own thinking is fitted to another model of the same provider', () => {
    const { value } = parse({
      ...{ model: 'm', max_tokens: 9000, messages: [{ role: 'user', content: 'x' }] },
      thinking: { type: 'enabled', budget_tokens: 2000 },
    });
    const { body, lost } = render(value, target('claude-opus-5-5'));
    expect(body).toMatchObject({ thinking: { type: 'adaptive' }, output_config: { effort: 'low' } });
    expect(lost).toEqual(['thinking.budget_tokens']);
  });
});
