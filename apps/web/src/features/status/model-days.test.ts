import { expect, test } from 'vitest';
import { modelDays, worstDay } from './model-days.ts';

test('days have their UTC names, across the end of a month, and a state of their own', () => {
  expect(modelDays([null, 0.49, 0.94, 0.95], '2026-10-30')).toEqual([
    { day: '2026-10-30', availability: null, state: 'no_traffic' },
    { day: '2026-10-31', availability: 0.49, state: 'down' },
    { day: '2026-11-01', availability: 0.94, state: 'degraded' },
    { day: '2026-11-02', availability: 0.95, state: 'operational' },
  ]);
});

test('the worst day is the latest of the lowest, and none where every day was whole or empty', () => {
  expect(worstDay(modelDays([0.5, 1, 0.5, null], '2026-11-01'))).toMatchObject({ day: '2026-11-03' });
  expect(worstDay(modelDays([1, null, 1], '2026-11-01'))).toBeUndefined();
});
