import { expect, test } from 'vitest';
import { answerBy, isLate } from './answer-by.ts';

test('a refund is late from the moment on that its promised days are over, and only while an answer is due', () => {
  const due = answerBy(new Date('2026-11-01T12:00:00Z'), 3);
  expect(due).toEqual(new Date('2026-11-04T12:00:00Z'));
  expect(isLate(due, due.getTime())).toBe(false);
  expect(isLate(due, due.getTime() + 1)).toBe(true);
  expect(isLate(undefined, Number.POSITIVE_INFINITY)).toBe(false);
});
