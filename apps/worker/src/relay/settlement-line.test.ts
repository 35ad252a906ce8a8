import type { SettlementRecord } from '@ai-bridge/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settlementLine } from './settlement-line.ts';

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const tokens = optional(fc.integer({ min: 0, max: 100_000_000 }));
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('"},{"chargeNanoUsd":"0'));
const attempt = fc.record({
  channelId: fc.constant('chn_1'),
  provider: text,
  model: text,
  status: optional(fc.integer({ min: 100, max: 599 })),
  firstByteMs: optional(fc.nat()),
  error: optional(text),
  paidBy: fc.constantFrom('customer', 'house'),
  repair: optional(fc.array(fc.record({ path: text, reason: text }))),
  ownKey: optional(fc.constant(true as const)),
});
const record = fc.record({
  requestId: fc.constant('req_1'),
  organizationId: fc.constant('org_1'),
  apiKeyId: fc.constant('key_1'),
  createdAt: fc.constant('2026-11-21T00:00:00.000Z'),
  outcome: fc.constantFrom('completed', 'client_left', 'interrupted'),
  endpoint: text,
  clientProtocol: fc.constantFrom('openai-chat', 'anthropic-messages'),
  upstreamProtocol: optional(fc.constant('openai-chat')),
  stream: fc.boolean(),
  modelRequested: text,
  modelUsed: optional(text),
  upstreamModel: optional(text),
  provider: optional(text),
  channelId: optional(fc.constant('chn_1')),
  priceId: optional(fc.constant('prc_1')),
  usage: fc.record({
    input: tokens,
    cacheRead: tokens,
    cacheWrite5m: tokens,
    cacheWrite1h: tokens,
    output: tokens,
    reasoning: tokens,
    webSearches: optional(fc.nat(10_000)),
    rates: optional(fc.subarray(['batch', 'flex', 'priority', 'fast', 'us'])),
  }),
  usageSource: fc.constantFrom('reported', 'estimated', 'none'),
  chargeNanoUsd: fc.bigInt({ min: 0n, max: 10n ** 15n }).map(String),
  costNanoUsd: optional(fc.bigInt({ min: 0n, max: 10n ** 15n }).map(String)),
  status: optional(fc.integer({ min: 100, max: 599 })),
  errorCode: optional(fc.constant('upstream_broke')),
  firstByteMs: optional(fc.nat()),
  durationMs: fc.nat(),
  attempts: optional(fc.array(attempt, { maxLength: 3 })),
  losses: optional(fc.array(fc.record({ path: text, reason: text }), { maxLength: 2 })),
});

test('a line is one line and says exactly what JSON.stringify would say', () => {
  fc.assert(
    fc.property(record, (given) => {
      const line = settlementLine('outcome', given as SettlementRecord);
      expect(line).not.toContain('\n');
      expect(JSON.parse(line)).toEqual({ k: 'outcome', ...JSON.parse(JSON.stringify(given)) });
    }),
  );
});
