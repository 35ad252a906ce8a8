import { expect, test } from 'vitest';
import { canonicalPath, relayRoute } from './routes.ts';

test.each([
  ['/v1/messages/', '/v1/messages'],
  ['/v1/v1/messages', '/v1/messages'],
  ['/v1/v1/v1/chat/completions/', '/v1/chat/completions'],
  ['/v1/openai/v1/models', '/v1/openai/models'],
  ['//v1//messages', '/v1/messages'],
  ['/v1beta/v1beta/models', '/v1beta/models'],
  ['/v1/v1beta/models/x:generateContent', '/v1beta/models/x:generateContent'],
  ['/v1beta', '/v1beta'],
  ['/v1/v1', '/v1'],
  ['/v1/v1x', '/v1/v1x'],
  ['/', '/'],
])('%s is understood as %s', (path, expected) => {
  expect(canonicalPath(path)).toBe(expected);
});

test('the passthrough prefix goes to OpenAI channels only, under the upstream path', () => {
  expect(relayRoute('/v1/openai/chat/completions', 'POST')).toEqual({
    protocol: 'openai-chat',
    endpoint: '/v1/chat/completions',
    kind: 'generate',
    answersJson: true,
    isConvertible: false,
    provider: 'openai',
  });
  expect(relayRoute('/v1/openai/responses', 'POST')).toMatchObject({
    protocol: 'openai-responses',
    provider: 'openai',
  });
  expect(relayRoute('/v1/openai/images/generations', 'POST')).toMatchObject({
    endpoint: '/v1/images/generations',
    answersJson: false,
    provider: 'openai',
  });
  expect(relayRoute('/v1/openai/files', 'GET')).toBeUndefined();
  expect(relayRoute('/v1/nothing', 'POST')).toBeUndefined();
});

test.each([
  ['/v1beta/models/gemini-2.5-pro:generateContent', '', 'gemini-2.5-pro', false, 'generate'],
  ['/v1/models/gemini-2.5-pro:countTokens', '', 'gemini-2.5-pro', false, 'count'],
  ['/v1beta/models/models/x:generateContent', '', 'x', false, 'generate'],
  ['/v1beta/models/models%2Fx%3AgenerateContent', '?alt=sse', 'x', false, 'generate'],
  ['/v1beta/models/vendor/x:8b:streamGenerateContent', '?a=1&alt=sse&b=2', 'vendor/x:8b', true, 'generate'],
  ['/v1beta/models/x:streamGenerateContent', '', 'x', false, 'generate'],
  ['/v1beta/models/x:streamGenerateContent', '?alt=json', 'x', false, 'generate'],
])('%s%s names its model and whether it streams events', (path, query, model, stream, kind) => {
  const call = /[a-z]+$/i.exec(decodeURIComponent(path))?.[0];
  expect(relayRoute(path, 'POST', query)).toMatchObject({
    protocol: 'gemini',
    endpoint: `/v1beta/models/{model}:${call}`,
    kind,
    answersJson: true,
    pathHead: { model, stream },
  });
});

test.each([
  '/v1beta/models/x:embedContent',
  '/v1beta/models/x',
  '/v1beta/models/:generateContent',
  '/v1beta/models/%zz:generateContent',
  '/v1beta/tunedModels/x:generateContent',
  '/v2/models/x:generateContent',
])('%s is no relay route', (path) => {
  expect(relayRoute(path, 'POST')).toBeUndefined();
});
