import {
  charge,
  listTerms,
  type Price,
  type Rate,
  type RatePercents,
  rates,
  type SettlementRecord,
  type Terms,
  type Usage,
} from '@ai-bridge/domain';
import { createTestDatabase } from '@ai-bridge/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { previewCharges, recordBatch } from './index.ts';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.database.query(`INSERT INTO model (id, provider, display_name) VALUES ('m', 'a', 'm'), ('n', 'a', 'n')`);
  await db.database.query(`INSERT INTO organization (id, name) VALUES ('org_a', 'A'), ('org_b', 'B')`);
  await db.database.query(
    `INSERT INTO api_key (id, organization_id, name, digest, prefix, last4, "group") VALUES
     ('key_a', 'org_a', 'a', 'a', 'ab-a', 'aaaa', 'economy'), ('key_b', 'org_b', 'b', 'b', 'ab-b', 'bbbb', 'default')`,
  );
});
afterAll(() => db.drop());
beforeEach(() => db.database.query('TRUNCATE usage_record, usage_hourly, usage_daily_outcome, usage_daily'));

const since = new Date('2026-11-01T00:00:00Z');
let made = 0;

interface Made {
  readonly usage: Usage;
  readonly terms: Terms;
  readonly charged: bigint;
}
function record({ usage, terms, charged }: Made, change: Partial<SettlementRecord> = {}): SettlementRecord {
  made++;
  return {
    ...{ requestId: `req_${made}`, organizationId: 'org_a', apiKeyId: 'key_a', createdAt: '2026-11-21T10:00:00.123Z' },
    ...{ outcome: 'completed', endpoint: '/v1/messages', clientProtocol: 'anthropic-messages', stream: true },
    ...{ modelRequested: 'm', modelUsed: 'm', provider: 'a', channelId: 'chn_1', priceId: 'prc_m' },
    ...{ usage, usageSource: 'reported', chargeNanoUsd: String(charged), durationMs: 1, terms },
    ...change,
  };
}

const tokens = fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: undefined });
/** All requests together stay within a bigint of nano-USD, at every rate at once and a hundredfold. */
const amount = fc.bigInt({ min: 0n, max: 10_000_000_000n });
const optional = fc.option(amount, { nil: undefined });
const kinds = { input: tokens, cacheRead: tokens, cacheWrite5m: tokens, cacheWrite1h: tokens, output: tokens };
const usages: fc.Arbitrary<Usage> = fc.record({
  ...kinds,
  webSearches: fc.option(fc.nat(10_000), { nil: undefined }),
  rates: fc.option(fc.subarray([...rates] as Rate[], { minLength: 1 }), { nil: undefined }),
});
const terms: fc.Arbitrary<Terms> = fc.record({
  multiplierBasisPoints: fc.oneof(fc.constant(10_000), fc.nat(1_000_000)),
  forgivenTokens: fc.oneof(fc.constant(0), fc.nat(4_000_000)),
});
const optionalKinds = { cacheRead: optional, cacheWrite5m: optional, cacheWrite1h: optional };
const tier = fc.record(
  {
    aboveTokens: fc.integer({ min: 1, max: 4_000_000 }),
    ...{ input: amount, output: amount, cacheRead: amount, cacheWrite5m: amount, cacheWrite1h: amount },
  },
  { requiredKeys: ['aboveTokens'] },
);
const percents = fc.record(Object.fromEntries(rates.map((rate) => [rate, fc.integer({ min: 1, max: 300 })])), {
  requiredKeys: [],
}) as fc.Arbitrary<RatePercents>;
const prices: fc.Arbitrary<Price> = fc.record({
  ...{ id: fc.constant('prc_m'), modelId: fc.constant('m'), version: fc.constant(1), input: amount, output: amount },
  ...optionalKinds,
  ...{ requestFee: amount, webSearch: optional, ratePercents: percents },
  tiers: fc
    .uniqueArray(tier, { maxLength: 3, selector: ({ aboveTokens }) => aboveTokens })
    .map((all) => [...all].sort((a, b) => a.aboveTokens - b.aboveTokens)),
});

test('a preview comes to what the rule charges, request by request, for any usage, terms and prices', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ usage: usages, terms, charged: amount }), { minLength: 1, maxLength: 12 }),
      prices,
      prices,
      async (requests, price, vendorPrice) => {
        await db.database.query('TRUNCATE usage_record, usage_hourly, usage_daily_outcome, usage_daily');
        await recordBatch(
          db.database,
          requests.map((one) => record(one)),
        );
        const preview = await previewCharges(db.database, {
          since,
          change: { prices: [price] },
          vendorPrices: [vendorPrice],
        });
        const sum = (of: (one: Made) => bigint) => requests.reduce((all, one) => all + of(one), 0n);
        expect(preview.total).toEqual({
          requests: BigInt(requests.length),
          organizations: 1n,
          thenNanoUsd: sum(({ charged }) => charged),
          nextNanoUsd: sum((one) => charge(one.usage, price, one.terms)),
          costNanoUsd: sum(({ usage }) => charge(usage, vendorPrice, listTerms)),
        });
        expect(preview.models).toEqual([{ model: 'm', ...preview.total }]);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

const flat = (modelId: string, input: bigint) => ({ modelId, input, output: 0n, requestFee: 0n, tiers: [] });

test('a multiplier is previewed for its group alone, at the price that each request was charged by', async () => {
  await db.database.query(
    `INSERT INTO price (id, model_id, version, valid_from, input, output, tiers, source) VALUES
     ('prc_m', 'm', 1, '2026-01-01Z', 3000000, 0, '[{"aboveTokens":1000,"input":"6000000"}]', 's'),
     ('prc_n', 'n', 1, '2026-01-01Z', 1000000, 0, '[]', 's')`,
  );
  const ordinary = (input: number, charged: bigint) => ({ usage: { input }, terms: listTerms, charged });
  const ownKey = [{ channelId: 'own_1', provider: 'a', model: 'm', paidBy: 'customer', ownKey: true }] as const;
  await recordBatch(db.database, [
    record(ordinary(100, 300n)),
    record(ordinary(2_000, 12_000n)),
    record(ordinary(50, 50n), { modelRequested: 'n', modelUsed: 'n', priceId: 'prc_n' }),
    record(ordinary(100, 300n), { organizationId: 'org_b', apiKeyId: 'key_b' }),
    record(ordinary(100, 0n), { attempts: ownKey }),
    record(ordinary(100, 77n), { endpoint: '/v1/batches' }),
    record({ usage: {}, terms: listTerms, charged: 0n }, { usageSource: 'none', outcome: 'failed' }),
    record(ordinary(100, 300n), { createdAt: '2026-10-31T23:59:59.999Z' }),
  ]);
  const change = { groupId: 'economy', multiplierBasisPoints: 5_000 };
  const preview = await previewCharges(db.database, { since, change, vendorPrices: [flat('m', 1_000_000n)] });
  expect(preview).toEqual({
    models: [
      { model: 'm', requests: 2n, organizations: 1n, thenNanoUsd: 12_300n, nextNanoUsd: 6_150n, costNanoUsd: 2_100n },
      { model: 'n', requests: 1n, organizations: 1n, thenNanoUsd: 50n, nextNanoUsd: 25n, costNanoUsd: undefined },
    ],
    total: { requests: 3n, organizations: 1n, thenNanoUsd: 12_350n, nextNanoUsd: 6_175n, costNanoUsd: undefined },
    batches: { requests: 1n, thenNanoUsd: 77n },
  });
});

test('several prices are previewed at once, an own key costs the house nothing, and no usage is nothing', async () => {
  const ownKey = [{ channelId: 'own_1', provider: 'a', model: 'm', paidBy: 'customer', ownKey: true }] as const;
  const fee = { multiplierBasisPoints: 250, forgivenTokens: 0 };
  await recordBatch(db.database, [
    record({ usage: { input: 1_000_000 }, terms: fee, charged: 5n }, { attempts: ownKey }),
    record({ usage: { input: 1_000_000 }, terms: listTerms, charged: 5n }, { modelUsed: 'n', organizationId: 'org_b' }),
  ]);
  const vendorPrices = [flat('m', 900n), flat('n', 900n)];
  const change = { prices: [flat('m', 1_000n), flat('n', 2_000n), flat('unused', 1n)] };
  const preview = await previewCharges(db.database, { since, change, vendorPrices });
  expect(preview.models).toEqual([
    { model: 'n', requests: 1n, organizations: 1n, thenNanoUsd: 5n, nextNanoUsd: 2_000n, costNanoUsd: 900n },
    { model: 'm', requests: 1n, organizations: 1n, thenNanoUsd: 5n, nextNanoUsd: 25n, costNanoUsd: 0n },
  ]);
  expect(preview.total).toMatchObject({ organizations: 2n, nextNanoUsd: 2_025n, costNanoUsd: 900n });
  const none = await previewCharges(db.database, { since, change: { prices: [flat('x', 1n)] }, vendorPrices: [] });
  expect(none.models).toEqual([]);
  expect(none.total).toMatchObject({ requests: 0n, nextNanoUsd: 0n });
});
