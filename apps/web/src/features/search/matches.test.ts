import { expect, test } from 'vitest';
import { bestMatches, maxMatches } from './matches.ts';

const names = ['gpt-4o-mini', 'o3', 'gpt-4o', 'claude-opus-5', 'claude-sonnet-5'];
const found = (text: string) => bestMatches(names, text, (name) => [name]);

test('what is named exactly comes before what begins so, and that before what holds the words', () => {
  expect(found('GPT-4o')).toEqual(['gpt-4o', 'gpt-4o-mini']);
  expect(found('o')[0]).toBe('o3');
  expect(found('5 opus')).toEqual(['claude-opus-5']);
  expect(found('nothing like it')).toEqual([]);
});

test('there are never more than fit', () => {
  expect(
    bestMatches(
      Array.from({ length: 50 }, (_, at) => `m${at}`),
      'm',
      (name) => [name],
    ),
  ).toHaveLength(maxMatches);
});
