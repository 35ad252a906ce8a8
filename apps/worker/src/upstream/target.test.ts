import type { ChannelSnapshot } from '@ai-bridge/catalog';
import { expect, test } from 'vitest';
import { targetOf, upstreamPath } from './target.ts';

const channel = (baseUrl: string, authStyle: ChannelSnapshot['authStyle'] = 'bearer') =>
  ({ baseUrl, authStyle, credential: 'secret' }) as ChannelSnapshot;

test.each([
  ['https://api.anthropic.com', '/v1/messages', '/v1/messages'],
  ['https://api.openai.com/v1', '/v1/chat/completions', '/v1/chat/completions'],
  ['https://open.bigmodel.cn/api/anthropic', '/v1/messages', '/api/anthropic/v1/messages'],
  ['https://open.bigmodel.cn/api/coding/paas/v4', '/v1/chat/completions', '/api/coding/paas/v4/chat/completions'],
  ['https://api.302.ai/cc/', '/v1/messages', '/cc/v1/messages'],
])('base %s with %s calls %s', (base, path, expected) => {
  expect(upstreamPath(targetOf(channel(base)), path, 'm')).toBe(expected);
});

test.each([
  ['https://g.example', 'gemini-2.5-pro', '/v1beta/models/gemini-2.5-pro:countTokens'],
  ['https://g.example/v1beta', 'gemini-2.5-pro', '/v1beta/models/gemini-2.5-pro:countTokens'],
  ['https://g.example/v1beta/', 'x', '/v1beta/models/x:countTokens'],
  ['https://g.example/gemini/v1', 'x', '/gemini/v1/models/x:countTokens'],
  ['https://g.example/v1alpha', 'x', '/v1alpha/models/x:countTokens'],
  ['https://g.example/gemini', 'vendor/x?$&#', '/gemini/v1beta/models/vendor/x%3F%24%26%23:countTokens'],
])('base %s with the model id %s calls %s', (base, model, expected) => {
  expect(upstreamPath(targetOf(channel(base)), '/v1beta/models/{model}:countTokens', model)).toBe(expected);
});

test('the credential goes up in the style of the channel', () => {
  expect(targetOf(channel('https://a.example'))).toMatchObject({
    credentialHeader: 'authorization',
    credentialValue: 'Bearer secret',
  });
  expect(targetOf(channel('https://a.example', 'x-api-key'))).toMatchObject({
    credentialHeader: 'x-api-key',
    credentialValue: 'secret',
  });
});
