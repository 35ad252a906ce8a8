import { outcomes } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { outcomeMeaning } from './outcome-meaning.ts';

const ended = { errorCode: null, chargeNanoUsd: 7n, attempts: [{}] };

test('who was charged nothing is told so, however the request ended', () => {
  for (const outcome of outcomes) {
    expect(outcomeMeaning({ ...ended, outcome, chargeNanoUsd: 0n })).toEqual({ meaning: outcome, pays: 'nothing' });
  }
});

test('a stream that the balance ended is told from one that our own stop ended', () => {
  const interrupted = { ...ended, outcome: 'interrupted' } as const;
  expect(outcomeMeaning(interrupted)).toEqual({ meaning: 'interrupted', pays: 'checkpoint' });
  expect(outcomeMeaning({ ...interrupted, errorCode: 'insufficient_balance' })).toEqual({
    meaning: 'out_of_balance',
    pays: 'reserved',
  });
});

test('a request that the provider found wrong is told from one that nobody answered', () => {
  const failed = { ...ended, outcome: 'failed', chargeNanoUsd: 0n } as const;
  expect(outcomeMeaning({ ...failed, errorCode: 'invalid_request' }).meaning).toBe('refused');
  expect(outcomeMeaning({ ...failed, errorCode: 'overloaded' }).meaning).toBe('failed');
});
