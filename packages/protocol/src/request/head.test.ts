import { type Protocol, RelayError } from '@ai-bridge/domain';
import { describe, expect, test } from 'vitest';
import { readRequestHead } from './head.ts';

const path = { model: 'gemini-2.5-pro', stream: true };

function head(protocol: Protocol, body: unknown) {
  return readRequestHead(protocol, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), path);
}

function refusal(protocol: Protocol, body: unknown) {
  try {
    head(protocol, body);
  } catch (error) {
    if (error instanceof RelayError && error.code === 'invalid_request') return error.detail;
    throw error;
  }
  throw new Error('was accepted');
}

describe('readRequestHead', () => {
  test('an Anthropic request gives model, stream, cap and the client’s conversation', () => {
    const body = { model: 'claude-sonnet-4-6', max_tokens: 0, stream: true, metadata: { user_id: 'u_session_1' } };
    expect(head('anthropic-messages', { ...body, messages: [{ role: 'user', content: 'Hi' }] })).toMatchObject({
      model: 'claude-sonnet-4-6',
      stream: true,
      maxOutputTokens: 0,
      choices: 1,
      sessionHint: 'u_session_1',
    });
  });

  test('a chat request gives n, the larger of both caps, include_usage and its cache key', () => {
    const body = { model: 'gpt-4o', max_tokens: 10, max_completion_tokens: 20, n: 3, prompt_cache_key: 'k' };
    expect(head('openai-chat', { ...body, stream_options: { include_usage: true } })).toMatchObject({
      stream: false,
      maxOutputTokens: 20,
      choices: 3,
      includeUsage: true,
      sessionHint: 'k',
    });
  });

  test('null counts as absent', () => {
    const body = { model: 'm', stream: null, max_tokens: null, n: null, stream_options: null, prompt_cache_key: null };
    expect(head('openai-chat', body)).toMatchObject({ stream: false, maxOutputTokens: undefined, choices: 1 });
    expect(head('anthropic-messages', { model: 'm', metadata: null }).sessionHint).toBeUndefined();
  });

  test('a Responses request gives its cap and cache key', () => {
    expect(
      head('openai-responses', { model: 'gpt-5', max_output_tokens: 5, prompt_cache_key: 'c', input: 'x' }),
    ).toMatchObject({ model: 'gpt-5', maxOutputTokens: 5, sessionHint: 'c' });
  });

  test('a Gemini request takes model and stream from the path, and both spellings of its options', () => {
    expect(head('gemini', { generationConfig: { maxOutputTokens: 7, candidateCount: 2 } })).toMatchObject({
      model: 'gemini-2.5-pro',
      stream: true,
      maxOutputTokens: 7,
      choices: 2,
    });
    expect(head('gemini', { generation_config: { max_output_tokens: 8 } }).maxOutputTokens).toBe(8);
    expect(head('gemini', {}).maxOutputTokens).toBeUndefined();
  });

  test.each([
    ['anthropic-messages', '{}', 'model'],
    ['anthropic-messages', '{"model":""}', 'model'],
    ['anthropic-messages', '{"model":7}', 'model'],
    ['anthropic-messages', `{"model":"${'m'.repeat(257)}"}`, 'model'],
    ['anthropic-messages', '{"model":"a\\u0000"}', 'model'],
    ['anthropic-messages', '{"model":"m","stream":"true"}', 'stream'],
    ['anthropic-messages', '{"model":"m","max_tokens":-1}', 'max_tokens'],
    ['anthropic-messages', '{"model":"m","max_tokens":1.5}', 'max_tokens'],
    ['anthropic-messages', '{"model":"m","max_tokens":"5"}', 'max_tokens'],
    ['anthropic-messages', '{"model":"m","max_tokens":1e400}', 'max_tokens'],
    ['openai-chat', '{"model":"m","max_tokens":0}', 'max_tokens'],
    ['openai-chat', '{"model":"m","max_completion_tokens":10000001}', 'max_completion_tokens'],
    ['openai-chat', '{"model":"m","n":129}', 'n'],
    ['openai-chat', '{"model":"m","n":0}', 'n'],
    ['openai-chat', '{"model":"m","stream_options":[]}', 'stream_options'],
    ['openai-chat', '{"model":"m","stream_options":{"include_usage":1}}', 'stream_options.include_usage'],
    ['openai-chat', '{"model":"m","model":"n"}', 'model'],
    ['openai-chat', '{"model":"m","stream_options":{"include_usage":true,"include_usage":false}}', 'include_usage'],
    ['openai-responses', '{"model":"m","max_output_tokens":true}', 'max_output_tokens'],
    ['gemini', '{"generationConfig":{"maxOutputTokens":-5}}', 'generationConfig.maxOutputTokens'],
    ['gemini', '{"generationConfig":7}', 'generationConfig'],
  ] as const)('%s refuses %s and names the field', (protocol, body, field) => {
    expect(refusal(protocol, body).path).toBe(field);
  });

  test('a Gemini request with both spellings of its options is refused: only one of them would be obeyed', () => {
    expect(refusal('gemini', '{"generationConfig":{},"generation_config":{}}').path).toBe('generationConfig');
    const twice = '{"generationConfig":{"maxOutputTokens":1,"max_output_tokens":2}}';
    expect(refusal('gemini', twice).path).toBe('generationConfig.maxOutputTokens');
  });

  test('a session hint that is no short string is none', () => {
    expect(head('openai-chat', { model: 'm', prompt_cache_key: 5 }).sessionHint).toBeUndefined();
    expect(head('openai-chat', { model: 'm', prompt_cache_key: 'x'.repeat(2_000) }).sessionHint).toBeUndefined();
    expect(head('anthropic-messages', { model: 'm', metadata: 'x' }).sessionHint).toBeUndefined();
  });

  test('the model of another letter case is refused, not passed on unpriced', () => {
    expect(refusal('openai-chat', '{"model":"cheap","Model":"dear"}').path).toBe('model');
  });
});

test('the rates that a request asks for and its searches are known, wherever the protocol has them', () => {
  const asked = (protocol: Protocol, fields: object) => {
    const body = Buffer.from(JSON.stringify({ model: 'm', ...fields }, undefined, 1));
    const { askedRates, maySearch } = readRequestHead(protocol, body, { model: 'm', stream: false });
    return { askedRates, maySearch };
  };
  const none = { askedRates: undefined, maySearch: false };
  const search = { type: 'web_search_20260209', name: 'web_search' };
  expect(asked('anthropic-messages', { speed: 'fast', inference_geo: 'us', tools: [search] })).toEqual({
    askedRates: ['fast', 'us'],
    maySearch: true,
  });
  expect(asked('anthropic-messages', { speed: 'standard', inference_geo: null, service_tier: 'auto' })).toEqual(none);
  expect(asked('openai-chat', { service_tier: 'priority', web_search_options: {} })).toEqual({
    askedRates: ['priority'],
    maySearch: true,
  });
  expect(asked('openai-chat', { service_tier: 'auto', web_search_options: null })).toEqual(none);
  expect(asked('openai-responses', { service_tier: 'fast', tools: [{ type: 'web_search' }] })).toEqual({
    askedRates: ['priority'],
    maySearch: true,
  });
  for (const tool of [{ googleSearch: {} }, { google_search: {} }]) {
    expect(asked('gemini', { model: undefined, serviceTier: 'priority', tools: [tool] })).toEqual({
      askedRates: ['priority'],
      maySearch: true,
    });
  }
});

test("a client's own tool by the name of a search, and words in other places, ask for nothing", () => {
  const tool = { name: 'web_search', type: 'custom', description: '"type":"web_search"', input_schema: {} };
  const body = {
    model: 'm',
    tools: [tool],
    messages: [{ role: 'user', content: [{ type: 'web_search', speed: 'fast' }] }],
  };
  expect(readRequestHead('anthropic-messages', Buffer.from(JSON.stringify(body)))).toMatchObject({
    askedRates: undefined,
    maySearch: false,
  });
});
