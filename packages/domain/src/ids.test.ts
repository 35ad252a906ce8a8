import { expect, test } from 'vitest';
import { newId } from './ids.ts';

test('ids are unique and sort by the time they were made', () => {
  const ids = new Set<string>();
  for (let i = 0; i < 20_000; i++) ids.add(newId('req'));
  expect(ids.size).toBe(20_000);
  expect(newId('req', 1_000) < newId('req', 1_001)).toBe(true);
  expect(newId('req')).toMatch(/^req_[0-9a-z]{22}$/);
});
