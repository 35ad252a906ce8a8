import { describe, expect, test } from 'vitest';
import { neutral, pathOf, render, target } from './request.fixture.ts';

describe('limits and sampling', () => {
  test('max_tokens is always there: the client’s, the model’s own, or a default; never more than the model’s', () => {
    expect(render(neutral({ maxOutputTokens: 7 })).body.max_tokens).toBe(7);
    expect(render(neutral()).body.max_tokens).toBe(64_000);
    expect(render(neutral(), target('claude-3-opus', undefined)).body.max_tokens).toBe(64_000);
    expect(render(neutral(), { ...target('claude-3-opus'), maxOutputTokens: undefined }).body.max_tokens).toBe(4_096);
    const more = render(neutral({ maxOutputTokens: 70_000 }));
    expect([more.body.max_tokens, more.lost]).toEqual([64_000, ['max_tokens']]);
  });

  test('newer models take no sampling', () => {
    const { body, lost } = render(
      neutral({ sampling: { temperature: 1, topP: 0.9, topK: 5 } }),
      target('claude-opus-4-7'),
    );
    expect(body).not.toMatchObject({ temperature: expect.anything() });
    expect(Object.keys(body)).toEqual(['model', 'max_tokens', 'messages']);
    expect(lost).toEqual(['temperature', 'top_p', 'top_k']);
  });

  test('older models take a temperature up to 1, and not top_p with it', () => {
    const { body, lost } = render(neutral({ sampling: { temperature: 1.7, topP: 0.9 } }), target('claude-haiku-4-5'));
    expect(body).toMatchObject({ temperature: 1 });
    expect(body).not.toHaveProperty('top_p');
    expect(lost).toEqual(['temperature', 'top_p']);
  });

  test('with thinking, sampling is left out', () => {
    const sampling = { temperature: 0.2, topP: 0.5, topK: 3 };
    const { body, lost } = render(
      neutral({ sampling, reasoning: { effort: 'high' } }),
      target('claude-opus-4-20250514'),
    );
    expect(body).toMatchObject({ thinking: { type: 'enabled' } });
    expect(['temperature', 'top_p', 'top_k'].filter((field) => field in body)).toEqual([]);
    expect(lost).toEqual(['temperature', 'top_p', 'top_k']);
  });

  test('what Anthropic has no field for is a loss each; blank stop sequences are left out', () => {
    const { body, lost } = render(
      neutral({
        sampling: { presencePenalty: 1, frequencyPenalty: 1, seed: 1, logitBias: { 5: 1 }, stop: ['\n', 'X'] },
        verbosity: 'low',
        promptCacheKey: 'k',
        serviceTier: 'flex',
        user: 'u',
      }),
    );
    expect(body).toMatchObject({ stop_sequences: ['X'], metadata: { user_id: 'u' } });
    expect(lost.toSorted()).toEqual([
      'frequency_penalty',
      'logit_bias',
      'presence_penalty',
      'prompt_cache_key',
      'seed',
      'service_tier',
      'stop',
      'verbosity',
    ]);
  });
});

describe('the format', () => {
  const schema = { type: 'object', properties: { a: { type: 'string', minLength: 1 } } };

  test('a schema is written for models that guarantee it, and a 400 for others', () => {
    const request = neutral({ format: { kind: 'schema', name: 'n', schema } });
    expect(render(request).body.output_config.format).toEqual({
      type: 'json_schema',
      schema: { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false },
    });
    expect(pathOf(() => render(request, target('claude-opus-4-1')))).toBe('response_format');
  });

  test('JSON without a schema is asked for in words', () => {
    const { body, lost } = render(neutral({ format: { kind: 'json' } }));
    expect(body.system.at(-1).text).toContain('JSON');
    expect(lost).toEqual(['response_format']);
  });
});
