import type { Protocol } from '@ai-bridge/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editRequest, type RequestEdit } from './edit.ts';
import { readRequestHead } from './head.ts';

const path = { model: 'gemini-2.5-pro', stream: false };

function edited(protocol: Protocol, text: string, edit: RequestEdit): string {
  const body = Buffer.from(text);
  return editRequest(body, readRequestHead(protocol, body, path), edit).toString();
}

describe('editRequest', () => {
  test('nothing to change gives the very same buffer', () => {
    const body = Buffer.from('{"model":"m","stream_options":{"include_usage":true}}');
    const head = readRequestHead('openai-chat', body);
    expect(editRequest(body, head, { model: 'm', includeUsage: true })).toBe(body);
  });

  test.each([
    ['{"model":"m"}', '{"stream_options":{"include_usage":true},"model":"m"}'],
    ['{ "model":"m", "stream_options": null }', '{ "model":"m", "stream_options": {"include_usage":true} }'],
    ['{"model":"m","stream_options":{}}', '{"model":"m","stream_options":{"include_usage":true}}'],
    [
      '{"model":"m","stream_options":{ "include_obfuscation":false}}',
      '{"model":"m","stream_options":{"include_usage":true, "include_obfuscation":false}}',
    ],
    ['{"stream_options":{"include_usage":false},"model":"m"}', '{"stream_options":{"include_usage":true},"model":"m"}'],
    ['{"stream_options":{"include_usage":null},"model":"m"}', '{"stream_options":{"include_usage":true},"model":"m"}'],
  ])('a chat stream is asked for usage, its other options kept: %s', (before, after) => {
    expect(edited('openai-chat', before, { includeUsage: true })).toBe(after);
  });

  test('a cap replaces each cap that is there, or is added', () => {
    const both = '{"max_tokens":9,"model":"m","max_completion_tokens": 8}';
    expect(edited('openai-chat', both, { maxOutputTokens: 5 })).toBe(
      '{"max_tokens":5,"model":"m","max_completion_tokens": 5}',
    );
    expect(edited('anthropic-messages', '{"model":"m"}', { maxOutputTokens: 5 })).toBe('{"max_tokens":5,"model":"m"}');
    expect(edited('openai-responses', '{"model":"m","max_output_tokens":null}', { maxOutputTokens: 5 })).toBe(
      '{"model":"m","max_output_tokens":5}',
    );
    expect(edited('gemini', '{}', { maxOutputTokens: 5 })).toBe('{"generationConfig":{"maxOutputTokens":5}}');
    expect(edited('gemini', '{"generation_config":{"topK":1}}', { maxOutputTokens: 5 })).toBe(
      '{"generation_config":{"maxOutputTokens":5,"topK":1}}',
    );
  });

  test('every byte outside the edited places stays as it was', () => {
    const rest = fc.dictionary(fc.string({ minLength: 6 }), fc.jsonValue());
    fc.assert(
      fc.property(rest, fc.string({ minLength: 1 }), fc.boolean(), (others, model, spread) => {
        fc.pre(!Object.keys(others).some((key) => /model|stream|max_|prompt_cache_key/i.test(key)));
        const text = JSON.stringify({ ...others, model: 'from', last: others }, null, spread ? 1 : 0);
        const result = edited('openai-chat', text, { model, includeUsage: true });
        const where = text.indexOf('"from"', text.lastIndexOf('"model"'));
        const expected = `${text.slice(0, where)}${JSON.stringify(model)}${text.slice(where + 6)}`;
        expect(result).toBe(`{"stream_options":{"include_usage":true},${expected.slice(1)}`);
      }),
    );
  });
});
