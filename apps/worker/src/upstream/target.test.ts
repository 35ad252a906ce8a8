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
  expect(upstreamPath(targetOf(channel(base)), path)).toBe(expected);
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
