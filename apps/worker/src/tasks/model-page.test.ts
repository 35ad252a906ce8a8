import { expect, test } from 'vitest';
import { modelListQuery, readModelPage } from './model-page.ts';

const page = (protocol: Parameters<typeof readModelPage>[0], value: unknown) =>
  readModelPage(protocol, Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

test('every vendor’s list is read, entries that cannot be read are passed over', () => {
  expect(page('openai-chat', { data: [{ id: 'a', object: 'model' }, { name: 'no id' }, { id: 7 }, 'x'] })).toEqual({
    models: [{ id: 'a' }],
    next: undefined,
  });
  expect(page('openai-chat', [{ id: 'a', name: 'A' }])?.models).toEqual([{ id: 'a', displayName: 'A' }]);
  expect(page('anthropic-messages', { data: [{ id: 'c', display_name: 'C' }], has_more: true, last_id: 'c' })).toEqual({
    models: [{ id: 'c', displayName: 'C' }],
    next: 'c',
  });
  const models = [
    { name: 'models/g', displayName: 'G', supportedGenerationMethods: ['generateContent', 'countTokens'] },
    { name: 'models/e', supportedGenerationMethods: ['embedContent'] },
  ];
  expect(page('gemini', { models, nextPageToken: 't' })).toEqual({
    models: [{ id: 'g', displayName: 'G' }],
    next: 't',
  });
});

test('what is no list is none', () => {
  for (const value of ['', '<html>', '{"error":{"message":"no"}}', 'null', '7'])
    expect([value, page('openai-chat', value), page('gemini', value)]).toEqual([value, undefined, undefined]);
});

test('the next part is asked for in the protocol’s words', () => {
  expect(modelListQuery('anthropic-messages', 'a b')).toBe('?limit=1000&after_id=a%20b');
  expect(modelListQuery('gemini', 't')).toBe('?pageSize=1000&pageToken=t');
  expect(modelListQuery('openai-chat', undefined)).toBe('');
});
