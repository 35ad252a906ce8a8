import { expect, test } from 'vitest';
import { readRange, spanOf, startsOf } from './usage-range.ts';

const lateEvening = Date.UTC(2026, 2, 1, 23, 59, 59, 999);

test('hours and days end with the running one in UTC, and each is there once, across a month', () => {
  expect(startsOf(spanOf('7d', lateEvening))).toEqual([
    ...['2026-02-23', '2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01'],
  ]);
  const hours = startsOf(spanOf('24h', lateEvening));
  expect([hours[0], hours.at(-1), new Set(hours).size]).toEqual(['2026-03-01T00:00Z', '2026-03-01T23:00Z', 24]);
  expect(startsOf(spanOf('48h', lateEvening))).toHaveLength(48);
  expect(new Set(startsOf(spanOf('90d', lateEvening))).size).toBe(90);
});

test('days of one’s own are both meant, by hour where they are one or two', () => {
  expect(startsOf(spanOf(readRange('2026-02-27..2026-03-01'), lateEvening))).toEqual([
    ...['2026-02-27', '2026-02-28', '2026-03-01'],
  ]);
  const hours = startsOf(spanOf(readRange('2026-02-28..2026-03-01'), lateEvening));
  expect([hours[0], hours.at(-1), hours.length]).toEqual(['2026-02-28T00:00Z', '2026-03-01T23:00Z', 48]);
  expect(startsOf(spanOf(readRange('2024-01-01..2024-12-31'), lateEvening))).toHaveLength(366);
});

test('only ranges that can be shown are taken from an address', () => {
  for (const range of ['24h', '48h', '7d', '30d', '90d', '2026-02-28..2026-02-28'])
    expect(readRange(range)).toBe(range);
  const typed = [
    '8d',
    '1e9',
    '',
    '-7',
    '2026-02-30..2026-03-01',
    '2026-03-02..2026-03-01',
    '2024-01-01..2025-01-01',
    'a..b',
  ];
  for (const text of [...typed, '2026-01-01..2026-01-02..2026-01-03', '2026-1-1..2026-1-2', null, undefined])
    expect(readRange(text)).toBe('30d');
});
