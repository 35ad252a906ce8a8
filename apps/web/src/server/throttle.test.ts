import { expect, test } from 'vitest';
import { createThrottle } from './throttle.ts';

function throttleAt(clock: { ms: number }, maxKeys = 10) {
  return createThrottle({ maxMarks: 3, windowMs: 1_000, maxKeys, nowMs: () => clock.ms });
}

test('a key is exhausted after its marks and usable again when the window has passed', () => {
  const clock = { ms: 0 };
  const throttle = throttleAt(clock);
  for (let i = 0; i < 3; i++) {
    expect(throttle.isExhausted('a')).toBe(false);
    throttle.mark('a');
  }
  expect(throttle.isExhausted('a')).toBe(true);
  expect(throttle.isExhausted('b')).toBe(false);
  clock.ms = 999;
  expect(throttle.isExhausted('a')).toBe(true);
  clock.ms = 1_000;
  expect(throttle.isExhausted('a')).toBe(false);
});

test('an exhausted key says how long it stays so', () => {
  const clock = { ms: 0 };
  const throttle = throttleAt(clock);
  for (let i = 0; i < 3; i++) {
    expect(throttle.waitMs('a')).toBe(0);
    throttle.mark('a');
  }
  clock.ms = 400;
  expect(throttle.waitMs('a')).toBe(600);
  clock.ms = 1_000;
  expect(throttle.waitMs('a')).toBe(0);
});

test('forgetting a key frees it at once', () => {
  const throttle = throttleAt({ ms: 0 });
  for (let i = 0; i < 3; i++) throttle.mark('a');
  throttle.forget('a');
  expect(throttle.isExhausted('a')).toBe(false);
});

test('memory is bounded: a flood of keys pushes out the longest untouched, not the one under attack', () => {
  const throttle = throttleAt({ ms: 0 }, 3);
  throttle.mark('old');
  for (let i = 0; i < 3; i++) throttle.mark('attacked');
  throttle.mark('x');
  throttle.mark('attacked');
  throttle.mark('y');
  expect(throttle.isExhausted('attacked')).toBe(true);
});
