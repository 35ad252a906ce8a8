import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

test('behind a proxy its word counts, not what the client put before it', () => {
  expect(clientAddress('203.0.113.7')).toBe('203.0.113.7');
  expect(clientAddress('1.1.1.1, 203.0.113.7')).toBe('203.0.113.7');
});

test('a missing or oversized header gives a bounded stand-in', () => {
  expect(clientAddress(null)).toBe('unknown');
  expect(clientAddress('')).toBe('unknown');
  expect(clientAddress('x'.repeat(5_000))).toHaveLength(45);
});
