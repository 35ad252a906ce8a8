import { expect, test } from 'vitest';
import { createOwnKeyBoard } from './own-key-board.ts';

const refused = { scope: 'channel', ejects: true, restMs: 60_000, text: 'status 401' } as const;

test('a key that is refused rests, then one request at a time finds out whether it is good again', () => {
  let nowMs = 0;
  const board = createOwnKeyBoard({ now: () => nowMs, monotonicMs: () => nowMs });
  const health = board.of('own_1');
  health.failed(health.begin(), nowMs, refused, 'm', 0);
  expect(board.of('own_1').verdict('m', nowMs)).toBe('ejected');
  expect(board.of('own_2').verdict('m', nowMs)).toBe('well');
  nowMs = 60_001;
  expect(board.of('own_1').verdict('m', nowMs)).toBe('well');
  const ticket = board.of('own_1').begin();
  expect(board.of('own_1').verdict('m', nowMs)).toBe('on_trial');
  board.of('own_1').succeeded(ticket, nowMs);
  expect(board.of('own_1').state).toBe('closed');
});

test('a test that its owner saw succeed ends the rest at once', () => {
  const board = createOwnKeyBoard({ now: () => 0, monotonicMs: () => 0 });
  const health = board.of('own_1');
  health.failed(health.begin(), 0, refused, 'm', 0);
  board.reset('own_1');
  expect(board.of('own_1').verdict('m', 0)).toBe('well');
});
