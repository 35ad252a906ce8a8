import { describe, expect, test } from 'vitest';
import type { Part } from '../neutral/parts.ts';
import type { Turn } from '../neutral/request.ts';
import {
  assistant,
  call,
  hello,
  neutral,
  pathOf,
  render,
  result,
  system,
  target,
  text,
  turnsOf,
  user,
} from './request.fixture.ts';

describe('thoughts in the history', () => {
  const signed = (protocol: 'anthropic-messages' | 'gemini', channelId?: string): Part => ({
    kind: 'thinking',
    text: 'hm',
    signature: { origin: { protocol, channelId, model: undefined }, blob: 'SIG' },
  });

  test('signed by the target, they stay', () => {
    const { body, lost } = turnsOf([hello, assistant(signed('anthropic-messages', 'chn_1'), text('a')), hello]);
    expect(body.messages[1].content[0]).toEqual({ type: 'thinking', thinking: 'hm', signature: 'SIG' });
    expect(lost).toEqual([]);
  });

  test.each([
    ['another protocol', signed('gemini')],
    ['another channel', signed('anthropic-messages', 'chn_2')],
    ['nobody', { kind: 'thinking', text: 'hm' } as Part],
  ])('signed by %s, the message loses all of its thoughts', (_, foreign) => {
    const turns = [hello, assistant(signed('anthropic-messages'), foreign, text('a')), hello];
    const { body, lost } = turnsOf(turns);
    expect(body.messages[1].content).toEqual([{ type: 'text', text: 'a' }]);
    expect(lost).toEqual(['messages.1.content.1']);
  });

  test('a tool turn that lost its thoughts turns a thinking budget off, but not adaptive thinking', () => {
    const turns = [hello, assistant(signed('gemini'), call('a')), user(result('a'))];
    const request = neutral({ turns, reasoning: { effort: 'high' } });
    expect(render(request, target('claude-sonnet-4-5')).body.thinking).toEqual({ type: 'disabled' });
    expect(render(request, target('claude-opus-5')).body.thinking).toEqual({ type: 'adaptive' });
  });
});

describe('the conversation', () => {
  test('neighbours of the same role are one message, blank text is gone', () => {
    const { body } = turnsOf([user(text('a')), user(text(' '), text('b')), assistant(text('')), user(text('c'))]);
    expect(body.messages).toEqual([
      { role: 'user', content: ['a', 'b', 'c'].map((said) => ({ type: 'text', text: said })) },
    ]);
  });

  test('results stand first in the message right behind their calls, in the order of the calls', () => {
    const { body } = turnsOf([
      hello,
      assistant(call('a'), call('b')),
      user(text('by the way'), result('b')),
      assistant(text('wait')),
      user(result('a'), text('go on')),
    ]);
    expect(body.messages.map(({ role }: Turn) => role)).toEqual(['user', 'assistant', 'user', 'assistant', 'user']);
    expect(
      body.messages[2].content.map((block: Record<string, unknown>) => block['tool_use_id'] ?? block['text']),
    ).toEqual(['a', 'b', 'by the way']);
  });

  test.each<[string, Turn[], string]>([
    ['a call without its result', [hello, assistant(call('a')), hello], 'messages.1.content.0'],
    ['a result without its call', [user(result('a'))], 'messages.0.content.0'],
    ['a result before its call', [user(result('a')), assistant(call('a'))], 'messages.0.content.0'],
    ['two results of a call', [hello, assistant(call('a')), user(result('a'), result('a'))], 'messages.2.content.1'],
    [
      'audio',
      [user({ kind: 'audio', source: { kind: 'base64', mediaType: 'audio/wav', data: '' } })],
      'messages.0.content.0',
    ],
    [
      'a file of another provider',
      [user({ kind: 'image', source: { kind: 'file', protocol: 'gemini', id: 'x' } })],
      'messages.0.content.0',
    ],
    [
      'an image it does not read',
      [user({ kind: 'image', source: { kind: 'base64', mediaType: 'image/heic', data: '' } })],
      'messages.0.content.0',
    ],
    ['nothing', [], 'messages'],
    ['a begun answer', [hello, assistant(text('The answer is'))], 'messages.1'],
    [
      'an item that only OpenAI knows',
      [user({ kind: 'opaque', protocol: 'openai-responses', name: 'compaction', value: {} })],
      'messages.0.content.0',
    ],
  ])('%s is a 400', (_, turns, path) => {
    expect(pathOf(() => turnsOf(turns))).toBe(path);
  });

  test('a begun answer goes to models that go on with it, without the space at its end', () => {
    const { body } = turnsOf([hello, assistant(text('The answer is '))], 'claude-sonnet-4-5');
    expect(body.messages[1].content).toEqual([{ type: 'text', text: 'The answer is' }]);
  });

  test('a conversation that begins with the assistant gets an opening', () => {
    const { body, lost } = turnsOf([assistant(text('Welcome')), hello]);
    expect(body.messages.map(({ role }: Turn) => role)).toEqual(['user', 'assistant', 'user']);
    expect(lost).toEqual(['messages.0']);
  });

  test('leading instructions join the system prompt', () => {
    const { body } = render(neutral({ system: [{ kind: 'text', text: 'a' }], turns: [system('b'), hello] }));
    expect(body.system).toEqual([
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ]);
    expect(body.messages).toHaveLength(1);
  });

  test('where there is nothing but instructions, they are the user’s words', () => {
    const { body, lost } = render(neutral({ system: [{ kind: 'text', text: 'a' }], turns: [system('b')] }));
    expect(body).not.toHaveProperty('system');
    expect(body.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
    ]);
    expect(lost).toEqual(['messages']);
  });

  test('paths count the turns of the client, leading instructions too', () => {
    expect(pathOf(() => turnsOf([system('b'), user(result('a'))]))).toBe('messages.1.content.0');
  });

  test('instructions in the middle stand behind the user’s words in models that take them', () => {
    const turns = [hello, system('be brief'), assistant(text('ok')), hello, system('now long')];
    const { body, lost } = turnsOf(turns, 'claude-opus-4-8');
    expect(body.messages.map(({ role }: Turn) => role)).toEqual(['user', 'system', 'assistant', 'user', 'system']);
    expect(lost).toEqual([]);
  });

  test('elsewhere, and in older models, they are told in the user’s words, behind results', () => {
    const turns = [hello, assistant(call('a')), system('be brief'), user(result('a'))];
    const { body, lost } = turnsOf(turns, 'claude-opus-4-6');
    expect(body.messages[2].content).toEqual([
      { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'r' }] },
      { type: 'text', text: '<system>\nbe brief\n</system>' },
    ]);
    expect(lost).toEqual(['messages.2.role']);
    const between = turnsOf([hello, system('x'), hello], 'claude-opus-5');
    expect(between.body.messages).toHaveLength(1);
  });

  test('ids of calls are made legal, and stay different', () => {
    const { body } = turnsOf([
      hello,
      assistant(call('functions.f:0'), call('functions_f.0'), call('ok-1')),
      user(result('ok-1'), result('functions_f.0'), result('functions.f:0')),
    ]);
    const ids = body.messages[1].content.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(['functions_f_0_', 'functions_f_0_2', 'ok-1']);
    expect(body.messages[2].content.map((block: Record<string, unknown>) => block['tool_use_id'])).toEqual(ids);
  });

  test.each([
    ['', {}],
    ['{"a":1}', { a: 1 }],
    ['{"a":', { _raw: '{"a":' }],
    ['[1]', { _raw: '[1]' }],
  ])('the input %j of a call is %j', (input, expected) => {
    const { body } = turnsOf([hello, assistant(call('a', input)), user(result('a'))]);
    expect(body.messages[1].content[0].input).toEqual(expected);
  });

  test('text documents of any type are told as text', () => {
    const data = Buffer.from('a,b').toString('base64');
    const { body } = turnsOf([
      user({ kind: 'document', source: { kind: 'base64', mediaType: 'text/csv', data }, title: 'T' }),
    ]);
    expect(body.messages[0].content[0]).toEqual({
      type: 'document',
      source: { type: 'text', media_type: 'text/plain', data: 'a,b' },
      title: 'T',
    });
  });
});
