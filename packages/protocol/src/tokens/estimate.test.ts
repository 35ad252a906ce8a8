import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test, vi } from 'vitest';
import type { Part } from '../neutral/parts.ts';
import type { NeutralRequest, Tool } from '../neutral/request.ts';
import { estimateTokens } from './estimate.ts';
import { maxCountedCharacters, sampleTexts } from './sample.ts';

/** What the tokenizer was given, text by text. */
const counted = vi.hoisted(() => ({ lengths: [] as number[] }));
vi.mock('gpt-tokenizer/encoding/o200k_base', async (original) => {
  const real = await original<typeof import('gpt-tokenizer/encoding/o200k_base')>();
  const countTokens: typeof real.countTokens = (text, options) => {
    counted.lengths.push(String(text).length);
    return real.countTokens(text, options);
  };
  return { ...real, countTokens };
});

function asking(parts: Part | string | readonly Part[], change: Partial<NeutralRequest> = {}): NeutralRequest {
  const list = typeof parts === 'string' ? [{ kind: 'text', text: parts } as const] : [parts].flat();
  return {
    model: 'm',
    stream: false,
    system: [],
    turns: [{ role: 'user', parts: list }],
    tools: [],
    sampling: {},
    ...change,
  };
}

const english = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');
const chinese = '人工智能桥接服务是一个大模型接口转发平台，客户购买预付费额度后即可使用多种模型。';

/** The same every time, and without a pattern that a memory of words could use. */
function noise(length: number, alphabet: string): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return alphabet[state % alphabet.length];
  }).join('');
}

describe('estimateTokens', () => {
  test('an empty request is its overhead', async () => {
    expect(await estimateTokens(asking([], { turns: [] }), 'gpt-4o')).toBe(3);
  });

  test('for GPT the text counts as its own tokenizer has it', async () => {
    const truth = countTokens(english) + 6;
    expect(Math.abs((await estimateTokens(asking(english), 'gpt-5')) / truth - 1)).toBeLessThan(0.01);
    expect(await estimateTokens(asking('hello world'), 'gpt-5')).toBe(2 + 6);
  });

  test("the examples of Anthropic's token counting guide come out within a few tokens", async () => {
    const hello = asking('Hello, Claude', { system: [{ kind: 'text', text: 'You are a scientist' }] });
    expect(Math.abs((await estimateTokens(hello, 'claude-opus-4-6')) - 14)).toBeLessThanOrEqual(3);
    const weather: Tool = {
      kind: 'function',
      name: 'get_weather',
      description: 'Get the current weather in a given location',
      schema: {
        type: 'object',
        properties: {
          location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' },
        },
        required: ['location'],
      },
    };
    const question = asking("What's the weather like in San Francisco?", { tools: [weather] });
    const tokens = await estimateTokens(question, 'claude-opus-4-6');
    expect(Math.abs(tokens - 403) / 403).toBeLessThan(0.1);
  });

  test('Claude since 4.7 takes about 30 % more than before, and Chinese more than English', async () => {
    const before = await estimateTokens(asking(english), 'claude-sonnet-4-6');
    const since = await estimateTokens(asking(english), 'claude-opus-4-7');
    expect(since / before).toBeCloseTo(1.3, 1);
    const gpt = await estimateTokens(asking(chinese.repeat(50)), 'gpt-4o');
    const claude = await estimateTokens(asking(chinese.repeat(50)), 'claude-sonnet-4-6');
    expect(claude / gpt).toBeGreaterThan(1.4);
  });

  test('a long prompt is sampled, and comes out as if it were counted', async () => {
    const mixed = [english, chinese.repeat(800), JSON.stringify({ rows: english.split('\n') })];
    const texts = Array.from({ length: 60 }, (_, index) => mixed[index % 3] as string);
    const truth = texts.reduce((sum, text) => sum + countTokens(text), 0);
    const request = asking(texts.map((text) => ({ kind: 'text', text }) as const));
    expect(texts.join('').length).toBeGreaterThan(4 * maxCountedCharacters);
    expect(Math.abs((await estimateTokens(request, 'gpt-5')) / truth - 1)).toBeLessThan(0.05);
  });

  test.each([
    ['spaces', ' '.repeat(2_000_000)],
    ['one letter', 'a'.repeat(2_000_000)],
    ['letters without a break', noise(2_000_000, 'kqzvjxwhtsrnmlpd')],
    ['Chinese without a break', noise(2_000_000, '的一是在不了有和人这中大为上个国我以要他时来用们')],
    ['half of a surrogate pair', '\ud83d'.repeat(200_000)],
  ])('of two megabytes of %s the tokenizer sees a bounded sample in short pieces', async (_, text) => {
    counted.lengths = [];
    expect(await estimateTokens(asking(text), 'claude-opus-4-7')).toBeGreaterThan(0);
    expect(counted.lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(maxCountedCharacters);
    // Its time grows with the square of a run without a break.
    expect(Math.max(...counted.lengths)).toBeLessThanOrEqual(512);
  });

  test('control tokens that are spelled out are text', async () => {
    expect(await estimateTokens(asking('<|endoftext|><|im_start|>'), 'gpt-4o')).toBeGreaterThan(8);
  });

  test('every part counts for something, wherever it stands', async () => {
    const base64 = (mediaType: string) => ({ kind: 'base64', mediaType, data: 'A'.repeat(4_000) }) as const;
    const parts: Part[] = [
      { kind: 'text', text: 'x' },
      { kind: 'refusal', text: 'no' },
      { kind: 'thinking', text: 'hm' },
      {
        kind: 'thinking',
        text: '',
        isRedacted: true,
        signature: {
          origin: { protocol: 'anthropic-messages', channelId: undefined, model: undefined },
          blob: 'b'.repeat(99),
        },
      },
      { kind: 'image', source: { kind: 'file', protocol: 'anthropic-messages', id: 'file_1' } },
      { kind: 'document', source: base64('application/pdf') },
      { kind: 'document', source: base64('text/plain') },
      { kind: 'document', source: { kind: 'text', text: 'words' }, title: 'a title' },
      { kind: 'document', source: { kind: 'url', url: 'https://example.com/a.pdf' } },
      { kind: 'audio', source: base64('audio/wav') },
      { kind: 'video', source: { kind: 'url', url: 'https://example.com/a.mp4' } },
      { kind: 'tool_call', id: 'c', name: 'f', form: 'json', input: '{"a":1}' },
      { kind: 'tool_result', callId: 'c', isError: false, parts: [{ kind: 'text', text: 'result' }] },
      { kind: 'opaque', protocol: 'anthropic-messages', name: 'search_result', value: { a: 'b' } },
    ];
    for (const model of ['claude-opus-4-7', 'gpt-4', 'gemini-3-pro', 'qwen3-max', 'grok-5']) {
      const none = await estimateTokens(asking([]), model);
      for (const part of parts) expect(await estimateTokens(asking(part), model), part.kind).toBeGreaterThan(none);
    }
  });

  test('what is sealed inside an unknown block weighs by its length, not as words', async () => {
    const sealed = (encrypted: string): Part => ({
      kind: 'opaque',
      protocol: 'anthropic-messages',
      name: 'web_search_tool_result',
      value: { encrypted },
    });
    const tokens = await estimateTokens(asking(sealed('Q7x'.repeat(4_000))), 'gpt-5');
    expect(tokens).toBeLessThan(800);
    expect(tokens).toBeGreaterThan(700);
  });
});

describe('sampleTexts', () => {
  test('short texts are taken whole; long ones to the bound, each in proportion', () => {
    expect(sampleTexts(['a', 'b'])).toEqual({ texts: ['a', 'b'], scale: 1 });
    const { texts, scale } = sampleTexts(['a'.repeat(3_000_000), 'b'.repeat(1_000_000)]);
    const taken = (letter: string) => texts.filter((text) => text[0] === letter).join('').length;
    expect(taken('a') / taken('b')).toBeCloseTo(3, 1);
    expect((taken('a') + taken('b')) * scale).toBeCloseTo(4_000_000, 0);
  });

  test('never more than the bound, however the text is cut into parts', () => {
    const lengths = fc.array(fc.nat({ max: 40_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(lengths, (sizes) => {
        const all = sizes.map((size) => 'x'.repeat(size));
        const total = all.join('').length;
        const { texts, scale } = sampleTexts(all);
        const taken = texts.join('').length;
        expect(taken).toBeLessThanOrEqual(maxCountedCharacters);
        expect(taken * scale).toBeCloseTo(total, 3);
      }),
    );
  });
});
