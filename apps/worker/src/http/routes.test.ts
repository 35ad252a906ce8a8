import { expect, test } from 'vitest';
import { canonicalPath, relayRoute } from './routes.ts';

test.each([
  ['/v1/messages/', '/v1/messages'],
  ['/v1/v1/messages', '/v1/messages'],
  ['/v1/v1/v1/chat/completions/', '/v1/chat/completions'],
  ['/v1/openai/v1/models', '/v1/openai/models'],
  ['//v1//messages', '/v1/messages'],
  ['/', '/'],
])('%s is understood as %s', (path, expected) => {
  expect(canonicalPath(path)).toBe(expected);
});

test('the passthrough prefix goes to OpenAI channels only, under the upstream path', () => {
  expect(relayRoute('/v1/openai/chat/completions', 'POST')).toEqual({
    protocol: 'openai-chat',
    endpoint: '/v1/chat/completions',
    kind: 'generate',
    provider: 'openai',
  });
  expect(relayRoute('/v1/openai/responses', 'POST')).toMatchObject({
    protocol: 'openai-responses',
    provider: 'openai',
  });
  expect(relayRoute('/v1/openai/images/generations', 'POST')).toMatchObject({
    endpoint: '/v1/images/generations',
    provider: 'openai',
  });
  expect(relayRoute('/v1/openai/files', 'GET')).toBeUndefined();
  expect(relayRoute('/v1/nothing', 'POST')).toBeUndefined();
});
