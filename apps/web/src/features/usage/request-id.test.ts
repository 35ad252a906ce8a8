import { newId } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { mayStillCome, readRequestId } from './request-id.ts';

test('an id is found in what was pasted with spaces around it', () => {
  expect(readRequestId(' req_abc-1\n')).toBe('req_abc-1');
});

test('what cannot be an id, or could lead elsewhere as a part of an address, is none', () => {
  for (const pasted of ['', '  ', '../keys', 'a b', 'req_%2e', 'x'.repeat(65), 'req_é']) {
    expect(readRequestId(pasted), pasted).toBeUndefined();
  }
});

test('only a request of a short while ago may still get its receipt', () => {
  const nowMs = Date.UTC(2026, 10, 21);
  expect(mayStillCome(newId('req', nowMs - 1_000), nowMs)).toBe(true);
  expect(mayStillCome(newId('req', nowMs - 24 * 3_600_000), nowMs)).toBe(false);
  expect(mayStillCome('req_made-up', nowMs)).toBe(false);
});
