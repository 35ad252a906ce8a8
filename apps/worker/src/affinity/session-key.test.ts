import { readRequestHead } from '@ai-bridge/protocol';
import { expect, test } from 'vitest';
import { sessionKey } from './session-key.ts';

type Protocol = Parameters<typeof readRequestHead>[0];
const keyOf = (protocol: Protocol, value: object, headers: Record<string, string> = {}, organization = 'org') => {
  const body = Buffer.from(JSON.stringify({ model: 'm', ...value }));
  const head = readRequestHead(protocol, body, { model: 'm', stream: false });
  return sessionKey(organization, headers, head, body);
};
const turn = (role: string, content: string) => ({ role, content });
const hello = [turn('user', 'hello')];
const longText = 'a long prompt. '.repeat(400);

test.each([
  ['x-session-id', 's'],
  ['session-id', 's'],
  ['session_id', 's'],
  ['x-claude-code-session-id', 's'],
])('the header %s names the session', (header, value) => {
  expect(keyOf('openai-chat', { messages: hello }, { [header]: value })).toBe('org s');
});

test.each([
  ['user_0a_account_1b_session_11111111-2222-3333-4444-555555555555'],
  ['{"device_id":"d","account_uuid":"","session_id":"11111111-2222-3333-4444-555555555555"}'],
])('Claude Code’s session is read out of %s', (user_id) => {
  expect(keyOf('anthropic-messages', { messages: hello, metadata: { user_id } })).toBe(
    'org 11111111-2222-3333-4444-555555555555',
  );
});

test('a user is no session', () => {
  expect(keyOf('anthropic-messages', { messages: hello, metadata: { user_id: 'someone' } })).toBeUndefined();
});

test('OpenAI’s cache key and Gemini’s cached content name the session', () => {
  expect(keyOf('openai-responses', { input: 'hi', prompt_cache_key: 'k' })).toBe('org k');
  expect(keyOf('gemini', { contents: [], cachedContent: 'cachedContents/1' })).toBe('org cachedContents/1');
});

test('the same name is another session in another organization, and a long name is kept short', () => {
  const named = { 'x-session-id': 'x'.repeat(500) };
  expect(keyOf('openai-chat', { messages: hello }, named, 'a')).not.toBe(
    keyOf('openai-chat', { messages: hello }, named, 'b'),
  );
  expect(keyOf('openai-chat', { messages: hello }, named)?.length).toBeLessThan(40);
});

const conversations: [name: string, protocol: Protocol, at: (turns: number, first: string) => object][] = [
  [
    'chat',
    'openai-chat',
    (turns, first) => ({ messages: [turn('system', 'be kind'), turn('user', first), ...more(turns, 'assistant')] }),
  ],
  [
    'messages with a system prompt before',
    'anthropic-messages',
    (turns, first) => ({
      max_tokens: 9,
      system: 'be kind',
      messages: [turn('user', first), ...more(turns, 'assistant')],
    }),
  ],
  [
    'messages with a system prompt behind',
    'anthropic-messages',
    (turns, first) => ({
      messages: [turn('user', first), ...more(turns, 'assistant')],
      system: 'be kind',
      max_tokens: 9,
    }),
  ],
  ['responses', 'openai-responses', (turns, first) => ({ input: [turn('user', first), ...more(turns, 'assistant')] })],
  [
    'gemini',
    'gemini',
    (turns, first) => ({
      contents: [turn('user', first), ...more(turns, 'model')].map(({ role, content }) => ({
        role,
        parts: [{ text: content }],
      })),
    }),
  ],
];
const more = (turns: number, role: string) =>
  Array.from({ length: turns - 1 }, (_, i) => turn(i % 2 ? 'user' : role, `turn ${i} ${'x'.repeat(i * 50)}`));

test.each(conversations)(
  '%s: every later request of a conversation has the key of the one before',
  (_, protocol, at) => {
    const keys = [3, 5, 9, 31].map((turns) => keyOf(protocol, at(turns, 'hello there')));
    expect(keys[0]).toMatch(/^org /);
    expect(new Set(keys).size).toBe(1);
    expect(keyOf(protocol, at(3, 'hello you'))).not.toBe(keys[0]);
  },
);

test.each(conversations)('%s: one short turn is no conversation yet, a long one is', (_, protocol, at) => {
  expect(keyOf(protocol, at(1, 'hello'))).toBeUndefined();
  const first = keyOf(protocol, at(1, longText));
  expect(first).toMatch(/^org /);
  expect(keyOf(protocol, at(5, longText))).toBe(first);
});
