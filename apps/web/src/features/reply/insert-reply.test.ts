import { expect, test } from 'vitest';
import { insertReply } from './insert-reply.ts';

test('an empty field takes the reply alone; what was typed stays before it', () => {
  expect(insertReply(' \n', 'reply', 10)).toEqual({ text: 'reply' });
  expect(insertReply('typed \n', 'reply', 100)).toEqual({ text: 'typed\n\nreply' });
});

test('what does not fit is not cut: it is said by how much', () => {
  expect(insertReply('typed', 'reply', 11)).toEqual({ excess: 1 });
  expect(insertReply('typed', 'reply', 12)).toEqual({ text: 'typed\n\nreply' });
});
