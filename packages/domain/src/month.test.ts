import { expect, test } from 'vitest';
import { monthOf, monthSpan, monthsBetween, readMonth } from './month.ts';

test('a month is what four and two digits name, and nothing else', () => {
  expect(readMonth('2026-11')).toBe('2026-11');
  for (const wrong of ['2026-13', '2026-00', '2026-1', '26-11', '2026-11-01', ' 2026-11', '', 'now'])
    expect(readMonth(wrong), wrong).toBeUndefined();
});

test('a moment lies in the month of its UTC day, and a month ends where the next begins', () => {
  expect(monthOf(new Date('2026-11-30T23:59:59.999Z'))).toBe('2026-11');
  expect(monthOf(new Date('2026-12-01T00:00:00.000Z'))).toBe('2026-12');
  expect(monthSpan('2026-12')).toEqual({ from: new Date('2026-12-01Z'), to: new Date('2027-01-01Z') });
  expect(monthSpan('2028-02').to).toEqual(new Date('2028-03-01Z'));
});

test('months between two are all of them, the latest first, across years', () => {
  expect(monthsBetween('2026-11', '2027-02')).toEqual(['2027-02', '2027-01', '2026-12', '2026-11']);
  expect(monthsBetween('2026-11', '2026-11')).toEqual(['2026-11']);
  expect(monthsBetween('2026-12', '2026-11')).toEqual([]);
});
