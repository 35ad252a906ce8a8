import { expect, test } from 'vitest';
import { daysOfRange, readDayRange, utcDayStart } from './days.ts';

const lateEvening = Date.UTC(2026, 2, 1, 23, 59, 59, 999);

test('a range ends today in UTC and has every day once, across a month', () => {
  expect(daysOfRange(3, lateEvening)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  expect(new Set(daysOfRange(90, lateEvening)).size).toBe(90);
});

test('the first day of a range is where its sums start', () => {
  expect(utcDayStart(lateEvening, 6).toISOString()).toBe(`${daysOfRange(7, lateEvening)[0]}T00:00:00.000Z`);
});

test('only the offered ranges are taken from an address', () => {
  expect(readDayRange('7')).toBe(7);
  for (const typed of ['8', '1e9', '', '-7', null, undefined]) expect(readDayRange(typed)).toBe(30);
});
