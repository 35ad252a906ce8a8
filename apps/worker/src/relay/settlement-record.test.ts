import type { Caller } from '@ai-bridge/access/callers';
import type { ChannelSnapshot } from '@ai-bridge/catalog';
import { type AttemptRecord, listTerms, ownAttempts } from '@ai-bridge/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Exchange } from '../http/exchange.ts';
import { type Ending, settlementRecord } from './settlement-record.ts';

const channel = { id: 'chn_1', provider: 'anthropic' } as ChannelSnapshot;
const priced = { model: { id: 'model' }, price: { id: 'prc_1' } } as Ending['priced'];
const exchange = { requestId: 'req_1', createdAtMs: 0, startedAtMs: 0 } as Exchange;

/** Few values, so that an attempt often is what the record says, and often is not in one point only. */
const attempt: fc.Arbitrary<AttemptRecord> = fc.record({
  channelId: fc.constantFrom('chn_1', 'chn_1', 'chn_2'),
  provider: fc.constantFrom('anthropic', 'anthropic', 'openai'),
  model: fc.constantFrom('model', 'model-at-the-vendor'),
  status: fc.constantFrom(200, 200, 500, undefined),
  firstByteMs: fc.constantFrom(3, 3, undefined),
  error: fc.constantFrom(undefined, undefined, 'cut'),
  paidBy: fc.constantFrom('customer', 'customer', 'house'),
  repair: fc.constantFrom(undefined, undefined, [{ path: 'thinking', reason: 'foreign' }]),
  ownKey: fc.constantFrom(undefined, undefined, true as const),
});
const ending = fc.record({
  attempts: fc.array(attempt, { maxLength: 2 }),
  channel: fc.constantFrom(channel, channel, undefined),
  status: fc.constantFrom(200, 200, undefined),
  firstByteMs: fc.constantFrom(2.7, 2.7, undefined),
  failedCostNanoUsd: fc.constantFrom(undefined, 0n, 4n),
});

test('whatever the attempts were, the record says them or stands for them', () => {
  const settlement = { usage: {}, usageSource: 'none', chargeNanoUsd: 0n, costNanoUsd: 3n, terms: listTerms } as const;
  const common = {
    outcome: 'completed',
    settlement,
    errorCode: undefined,
    endedAtMs: 1,
    priced,
    rejected: [],
  } as const;
  let standsFor = 0;
  fc.assert(
    fc.property(ending, (end) => {
      const asked = { model: 'model', stream: false };
      const record = settlementRecord(exchange, {} as Caller, asked, { ...common, ...end });
      expect(record.attempts ?? ownAttempts(record)).toEqual(end.attempts);
      expect(record.costNanoUsd).toBe(String(3n + (end.failedCostNanoUsd ?? 0n)));
      if (!record.attempts) standsFor++;
    }),
    { numRuns: 1_000 },
  );
  expect(standsFor).toBeGreaterThan(0);
});
