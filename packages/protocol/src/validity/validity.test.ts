import type { Protocol } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { problemsOf } from './index.ts';

type Json = Record<string, unknown>;

const text = (said: string) => [{ type: 'text', text: said }];
const use = { type: 'tool_use', id: 'a', name: 'f', input: {} };
const result = { type: 'tool_result', tool_use_id: 'a' };
const chatCall = {
  role: 'assistant',
  content: null,
  tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
};
const called = { type: 'function_call', call_id: 'a', name: 'f', arguments: '{}' };

/** A body that nothing is wrong with. */
const sound: Record<Protocol, Json> = {
  'anthropic-messages': { model: 'm', max_tokens: 10, messages: [{ role: 'user', content: 'x' }] },
  'openai-chat': { model: 'm', messages: [{ role: 'user', content: 'x' }] },
  'openai-responses': { model: 'm', input: 'x' },
  gemini: { contents: [{ role: 'user', parts: [{ text: 'x' }] }] },
};
const a = (...turns: [string, unknown][]) => ({ messages: turns.map(([role, content]) => ({ role, content })) });
const g = (...turns: [string, Json[]][]) => ({ contents: turns.map(([role, parts]) => ({ role, parts })) });

test.each<[Protocol, Json, string]>([
  ['anthropic-messages', { max_tokens: undefined }, 'body.max_tokens'],
  ['anthropic-messages', { max_tokens: 1.5 }, 'must be whole'],
  ['anthropic-messages', { max_completion_tokens: 5 }, 'is unknown'],
  ['anthropic-messages', a(['assistant', 'x']), 'is not the user'],
  ['anthropic-messages', a(['user', text(' ')]), 'is not /'],
  ['anthropic-messages', a(['user', 'x'], ['assistant', [use]], ['user', text('y')]), 'results missing a'],
  ['anthropic-messages', a(['user', 'x'], ['assistant', [use]]), 'a call without result'],
  ['anthropic-messages', a(['user', [result]]), 'without call a'],
  [
    'anthropic-messages',
    a(['user', 'x'], ['assistant', [use]], ['user', [...text('y'), result]]),
    'behind other content',
  ],
  ['anthropic-messages', a(['user', 'x'], ['assistant', 'so ']), 'ends in space'],
  ['anthropic-messages', a(['user', [{ ...use }]]), 'in a turn of the user'],
  [
    'anthropic-messages',
    a(['user', 'x'], ['assistant', [{ ...use, id: 'a.b' }]], ['user', [{ ...result, tool_use_id: 'a.b' }]]),
    'is not /',
  ],
  ['anthropic-messages', { thinking: { type: 'enabled', budget_tokens: 1_024 } }, 'no room'],
  ['anthropic-messages', { thinking: { type: 'adaptive' }, temperature: 0 }, 'with thinking'],
  ['anthropic-messages', { tools: [{ type: 'function', function: { name: 'f' } }] }, 'tools.0'],
  ['openai-chat', { messages: [chatCall] }, 'calls without results'],
  ['openai-chat', { messages: [{ role: 'tool', tool_call_id: 'a', content: 'x' }] }, 'without its call'],
  [
    'openai-chat',
    { messages: [chatCall, { role: 'user', content: 'x' }, { role: 'tool', tool_call_id: 'a', content: 'x' }] },
    'calls without',
  ],
  ['openai-chat', { messages: [{ role: 'assistant', content: null }] }, 'says nothing'],
  ['openai-chat', { system: 'x' }, 'is unknown'],
  ['openai-chat', { tool_choice: 'auto' }, 'without tools'],
  ['openai-chat', { stop: ['a', 'b', 'c', 'd', 'e'] }, '5 entries'],
  ['openai-chat', { stream_options: { include_usage: true } }, 'without a stream'],
  ['openai-chat', { response_format: { type: 'json_object' } }, 'not spoken of'],
  ['openai-responses', { stop: ['a'] }, 'is unknown'],
  ['openai-responses', { max_output_tokens: 8 }, 'from 16'],
  ['openai-responses', { input: [{ role: 'user', content: [{ type: 'output_text', text: 'x' }] }] }, 'user'],
  ['openai-responses', { input: [called] }, 'calls without output'],
  ['openai-responses', { input: [{ type: 'function_call_output', call_id: 'a', output: 'x' }] }, 'without its call'],
  [
    'openai-responses',
    { input: [called, { type: 'custom_tool_call_output', call_id: 'a', output: 'x' }] },
    'without its call',
  ],
  ['gemini', { model: 'm' }, 'is unknown'],
  ['gemini', g(['model', [{ text: 'x' }]]), 'out of turn'],
  ['gemini', g(['user', [{ text: 'x' }]], ['user', [{ text: 'y' }]]), 'out of turn'],
  ['gemini', g(['user', []]), '0 entries'],
  ['gemini', g(['user', [{ text: 'x', inlineData: { mimeType: 'image/png', data: 'AA' } }]]), 'has 2 of'],
  ['gemini', g(['user', [{ functionResponse: { name: 'f', response: {} } }]]), 'answered f'],
  ['gemini', g(['user', [{ text: 'x' }]], ['model', [{ functionCall: { name: 'f', args: {} } }]]), 'ends in a call'],
  [
    'gemini',
    { tools: [{ functionDeclarations: [{ name: 'f', parametersJsonSchema: { $schema: 'x' } }] }] },
    'no keyword',
  ],
  ['gemini', { generationConfig: { thinkingConfig: { thinkingBudget: 1, thinkingLevel: 'LOW' } } }, 'budget and level'],
])('%s refuses %j', (protocol, change, problem) => {
  expect(problemsOf(protocol, JSON.stringify(sound[protocol]))).toEqual([]);
  const problems = problemsOf(protocol, JSON.stringify({ ...sound[protocol], ...change }));
  expect(problems.join('\n')).toContain(problem);
});
