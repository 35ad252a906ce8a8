import { describe, expect, test } from 'vitest';
import type { Part, ToolCallPart, ToolResultPart } from '../neutral/parts.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import { contentsOf, home, model, pathsOf, rejects, render, requestOf, say, targetOf, user } from './gemini.fixture.ts';
import { geminiCodec } from './index.ts';

const call = (id: string, more: Partial<ToolCallPart> = {}): ToolCallPart => ({
  kind: 'tool_call',
  id,
  name: `f_${id}`,
  form: 'json',
  input: '{}',
  ...more,
});
const result = (callId: string, text = 'ok', more: Partial<ToolResultPart> = {}): ToolResultPart => ({
  kind: 'tool_result',
  callId,
  parts: text === '' ? [] : [{ kind: 'text', text }],
  isError: false,
  ...more,
});

describe('turns', () => {
  test('of one role are merged, instructions in the middle are the user’s', () => {
    const { body, losses } = render({
      system: [{ kind: 'text', text: 's' }],
      turns: [say('user', 'a'), say('system', 'b'), say('user', 'c'), say('assistant', 'd'), say('assistant', 'e')],
    });
    expect(body).toEqual({
      systemInstruction: { parts: [{ text: 's' }] },
      contents: [
        { role: 'user', parts: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] },
        { role: 'model', parts: [{ text: 'd' }, { text: 'e' }] },
      ],
    });
    expect(pathsOf(losses)).toEqual(['messages']);
  });

  test('begin with the user', () => {
    const { body, losses } = render({ turns: [say('assistant', 'a'), say('user', 'b')] });
    expect(body.contents[0]).toEqual({ role: 'user', parts: [{ text: '.' }] });
    expect(pathsOf(losses)).toEqual(['messages.0.content.0']);
  });

  test('empty texts are left out, and a conversation without any is refused', () => {
    expect(contentsOf([user({ kind: 'text', text: '' }, { kind: 'text', text: 'a' })])).toEqual([
      { role: 'user', parts: [{ text: 'a' }] },
    ]);
    expect(rejects({ turns: [say('user', '')] })?.path).toBe('messages');
  });

  test('instructions alone are told as the user', () => {
    const { body } = render({ turns: [], system: [{ kind: 'text', text: 's' }] });
    expect(body).toEqual({ contents: [{ role: 'user', parts: [{ text: 's' }] }] });
  });
});

describe('results', () => {
  test('of a step stand in one content behind their calls, in the order of the calls', () => {
    const contents = contentsOf([
      say('user', 'go'),
      model(call('a'), call('b')),
      user(result('b', 'B')),
      user({ kind: 'text', text: 'and' }, result('a', 'A')),
    ]);
    expect(contents.slice(1)).toEqual([
      {
        role: 'model',
        parts: [
          { functionCall: { id: 'a', name: 'f_a', args: {} } },
          { functionCall: { id: 'b', name: 'f_b', args: {} } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'a', name: 'f_a', response: { output: 'A' } } },
          { functionResponse: { id: 'b', name: 'f_b', response: { output: 'B' } } },
          { text: 'and' },
        ],
      },
    ]);
  });

  test('that come late still stand behind their call', () => {
    const contents = contentsOf([
      say('user', 'go'),
      model(call('a')),
      say('user', 'wait'),
      model(call('b')),
      user(result('a'), result('b')),
    ]);
    const names = contents.map((content: { parts: object[] }) => content.parts.map((part) => Object.keys(part)[0]));
    expect(names).toEqual([
      ['text'],
      ['functionCall'],
      ['functionResponse', 'text'],
      ['functionCall'],
      ['functionResponse'],
    ]);
  });

  test('of calls that share an id go to each in turn', () => {
    const contents = contentsOf([
      say('user', 'go'),
      model(call('a')),
      user(result('a', '1')),
      model(call('a')),
      user(result('a', '2')),
    ]);
    expect(contents[2].parts[0].functionResponse.response).toEqual({ output: '1' });
    expect(contents[4].parts[0].functionResponse.response).toEqual({ output: '2' });
  });

  test('that failed are errors, empty ones are empty', () => {
    const contents = contentsOf([
      say('user', 'go'),
      model(call('a'), call('b')),
      user(result('a', 'no', { isError: true }), result('b', '')),
    ]);
    expect(
      contents[2].parts.map((part: { functionResponse: { response: object } }) => part.functionResponse.response),
    ).toEqual([{ error: 'no' }, { output: '' }]);
  });

  test('without a call, and calls without a result, are refused', () => {
    expect(rejects({ turns: [say('user', 'go'), user(result('x'))] })?.path).toBe('messages.1.content.0');
    expect(rejects({ turns: [user(result('a')), model(call('a'))] })?.path).toBe('messages.0.content.0');
    expect(rejects({ turns: [say('user', 'go'), model(call('a')), say('user', 'and?')] })?.path).toBe(
      'messages.1.content.0',
    );
  });

  test('keep their pictures: inside since Gemini 3, behind before', () => {
    const image: Part = { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AA' } };
    const turns = [
      say('user', 'go'),
      model(call('a')),
      user(result('a', 'see', { parts: [{ kind: 'text', text: 'see' }, image] })),
    ];
    const picture = { inlineData: { mimeType: 'image/png', data: 'AA' } };
    expect(contentsOf(turns, targetOf('gemini-3-flash-preview'))[2].parts).toMatchObject([
      { functionResponse: { response: { output: 'see' }, parts: [picture] } },
    ]);
    expect(contentsOf(turns)[2].parts).toMatchObject([{ functionResponse: { response: { output: 'see' } } }, picture]);
  });
});

describe('calls', () => {
  const inputs = (input: string, form: 'json' | 'text' = 'json') =>
    geminiCodec.renderRequest(
      requestOf({ turns: [say('user', 'go'), model(call('a', { input, form })), user(result('a'))] }),
      targetOf(),
    );

  test('keep the bytes of their input', () => {
    expect(inputs('{"b":12345678901234567890, "a":1}').value).toContain('"args":{"b":12345678901234567890, "a":1}');
  });

  test.each([
    ['', '{}', 'json'],
    ['{"a":', '{"_raw":"{\\"a\\":"}', 'json'],
    ['[1]', '{"_raw":"[1]"}', 'json'],
    ['patch', '{"input":"patch"}', 'text'],
  ] as const)('with the input %j have the arguments %s', (input, args, form) => {
    expect(inputs(input, form).value).toContain(`"args":${args}`);
  });

  test('whose ids we made up go without them', () => {
    const contents = contentsOf([
      say('user', 'go'),
      model(call('call_g_0_f', { name: 'f' })),
      user(result('call_g_0_f')),
    ]);
    expect(contents[1].parts[0]).toEqual({ functionCall: { name: 'f', args: {} } });
    expect(contents[2].parts[0]).toEqual({ functionResponse: { name: 'f', response: { output: 'ok' } } });
  });

  test('with a name against Gemini’s rule are refused', () => {
    expect(rejects({ tools: [{ kind: 'function', name: '1st' }] })?.path).toBe('tools.0.name');
    expect(rejects({ tools: [{ kind: 'function', name: 'mcp__a.b:c-d' }] })).toBeUndefined();
    expect(rejects({ turns: [say('user', 'a'), model(call('a', { name: 'a b' })), user(result('a'))] })?.path).toBe(
      'messages.1.content.0.name',
    );
  });
});

describe('signatures', () => {
  const own = { origin: home, blob: 'own' };
  const foreign = { origin: { protocol: 'anthropic-messages', channelId: 'c', model: 'claude' }, blob: 'x' } as const;
  const skip = 'skip_thought_signature_validator';
  const signaturesOf = (turns: NeutralRequest['turns'], target = targetOf()) =>
    contentsOf(turns, target).flatMap((content: { role: string; parts: { thoughtSignature?: string }[] }) =>
      content.role === 'model' ? [content.parts.map((part) => part.thoughtSignature)] : [],
    );

  test('of the model itself are written back', () => {
    const turns = [say('user', 'go'), model(call('a', { signature: own }), call('b')), user(result('a'), result('b'))];
    expect(signaturesOf(turns)).toEqual([['own', undefined]]);
    expect(render({ turns }).losses).toEqual([]);
  });

  test('that are missing or foreign are stood in for on the first call of each step of the current turn, since Gemini 3', () => {
    const turns = [
      say('user', 'before'),
      model(call('a')),
      user(result('a')),
      say('assistant', 'done'),
      say('user', 'now'),
      model(call('b', { signature: foreign }), call('c')),
      user(result('b'), result('c'), { kind: 'text', text: 'a reminder of the client' }),
      model(call('d')),
      user(result('d')),
    ];
    expect(signaturesOf(turns)).toEqual([[undefined], [undefined], [skip, undefined], [skip]]);
    expect(signaturesOf(turns, targetOf('gemini-2.5-pro')).flat().filter(Boolean)).toEqual([]);
    expect(pathsOf(render({ turns }).losses)).toEqual([
      'messages.5.content.0.signature',
      'messages.5.content.0.signature',
    ]);
  });

  test('of another model or account do not come home', () => {
    for (const origin of [
      { ...home, model: 'gemini-3-flash' },
      { ...home, channelId: 'c2' },
    ]) {
      const turns = [say('user', 'go'), model(call('a', { signature: { origin, blob: 'x' } })), user(result('a'))];
      expect(signaturesOf(turns)).toEqual([[skip]]);
    }
  });

  test('of thoughts and texts stand where they were', () => {
    const carrier: Part = { kind: 'thinking', text: '', isRedacted: true, signature: { origin: home, blob: 't' } };
    const turns = [
      say('user', 'go'),
      model({ kind: 'thinking', text: 'Hm', signature: own }, { kind: 'text', text: 'a' }, carrier, {
        kind: 'text',
        text: 'b',
      }),
      say('user', 'on'),
    ];
    expect(contentsOf(turns, targetOf())[1].parts).toEqual([
      { text: 'Hm', thought: true, thoughtSignature: 'own' },
      { text: 'a', thoughtSignature: 't' },
      { text: 'b' },
    ]);
  });

  test('of other models take their thoughts along; one loss is told for all of them', () => {
    const thinking: Part = { kind: 'thinking', text: 'Hm', signature: foreign };
    const turns = [
      say('user', 'a'),
      model(thinking, { kind: 'text', text: 'b' }),
      say('user', 'c'),
      model(thinking),
      say('user', 'd'),
    ];
    const { body, losses } = render({ turns });
    expect(JSON.stringify(body)).not.toContain('Hm');
    expect(losses).toHaveLength(1);
  });
});
