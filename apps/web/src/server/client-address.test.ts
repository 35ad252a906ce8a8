import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

test('the nearest hop names the address; a client cannot choose it by sending the header itself', () => {
  expect(clientAddress('203.0.113.7')).toBe('203.0.113.7');
  expect(clientAddress('1.1.1.1, 203.0.113.7')).toBe('203.0.113.7');
});

test('a missing or oversized header gives a bounded stand-in', () => {
  expect(clientAddress(null)).toBe('unknown');
  expect(clientAddress('')).toBe('unknown');
  expect(clientAddress('x'.repeat(5_000))).toHaveLength(45);
});
