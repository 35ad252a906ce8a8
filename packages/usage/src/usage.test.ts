import { sqlOf } from '@ai-bridge/db';
import type { SettlementRecord } from '@ai-bridge/domain';
import { createTestDatabase } from '@ai-bridge/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dailyUsage, listRequests, readReceipt, recordBatch, recordedRequests, usageSummary } from './index.ts';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() => db.database.query('TRUNCATE usage_record, usage_hourly, usage_daily_outcome, usage_daily'));

function settlement(change: Partial<SettlementRecord> = {}): SettlementRecord {
  return {
    requestId: 'req_1',
    organizationId: 'org_a',
    apiKeyId: 'key_a',
    createdAt: '2026-11-21T10:00:00.123Z',
    outcome: 'completed',
    endpoint: '/v1/messages',
    clientProtocol: 'anthropic-messages',
    upstreamProtocol: 'anthropic-messages',
    stream: true,
    modelRequested: 'claude-sonnet-4-6',
    modelUsed: 'claude-sonnet-4-6',
    provider: 'anthropic',
    channelId: 'chn_1',
    priceId: 'prc_1',
    usage: {
      input: 10,
      cacheRead: 5,
      cacheWrite5m: 2,
      cacheWrite1h: 1,
      output: 7,
      webSearches: 3,
      rates: ['fast', 'us'],
    },
    usageSource: 'reported',
    chargeNanoUsd: '9007199254740993',
    status: 200,
    firstByteMs: 3,
    durationMs: 30,
    attempts: [
      { channelId: 'chn_0', provider: 'openai', model: 'm', status: 500, error: 'overloaded', paidBy: 'house' },
      { channelId: 'chn_1', provider: 'anthropic', model: 'm', status: 200, firstByteMs: 3, paidBy: 'customer' },
    ],
    losses: [{ path: 'tools.0', reason: 'not supported' }],
    ...change,
  };
}
const batch = (...records: SettlementRecord[]) => records;

test('a receipt says all that was recorded, with the price row that was charged by', async () => {
  await db.database.query(`INSERT INTO model (id, provider, display_name) VALUES ('claude-sonnet-4-6', 'a', 'c')`);
  await db.database.query(
    `INSERT INTO price (id, model_id, version, valid_from, input, output, web_search, rate_percents, tiers, source)
     VALUES ('prc_1', 'claude-sonnet-4-6', 4, '2026-01-01Z', 3000000000, 15000000000, 10000000, '{"fast":200}',
             '[{"aboveTokens":200000}]', 's')`,
  );
  await recordBatch(db.database, batch(settlement()));
  const receipt = await readReceipt(db.database, { organizationId: 'org_a', requestId: 'req_1' });
  const { requestId, usage, chargeNanoUsd, createdAt, channelId: _, ...same } = settlement();
  expect(receipt).toMatchObject({
    ...same,
    id: requestId,
    createdAt: new Date(createdAt),
    chargeNanoUsd: BigInt(chargeNanoUsd),
    input: BigInt(usage.input!),
    output: 7n,
    reasoning: null,
    webSearches: 3n,
    rates: ['fast', 'us'],
    price: {
      version: 4,
      input: 3_000_000_000n,
      webSearch: 10_000_000n,
      ratePercents: { fast: 200 },
      tiers: [{ aboveTokens: 200_000 }],
    },
  });
  // The same through a Prisma session, which is what the console has.
  expect(await readReceipt(sqlOf(db.prisma), { organizationId: 'org_a', requestId: 'req_1' })).toEqual(receipt);
});

test("another organization's request has no receipt", async () => {
  await recordBatch(db.database, batch(settlement()));
  expect(await readReceipt(db.database, { organizationId: 'org_b', requestId: 'req_1' })).toBeUndefined();
});

test('a rejected request without usage, model or price is recorded, and its model name does not reach the sums', async () => {
  const { modelUsed, provider, channelId, priceId, upstreamProtocol, losses, ...rest } = settlement();
  await recordBatch(
    db.database,
    batch({ ...rest, outcome: 'rejected', modelRequested: 'made-up', usage: {}, chargeNanoUsd: '0', attempts: [] }),
  );
  const receipt = await readReceipt(db.database, { organizationId: 'org_a', requestId: 'req_1' });
  expect(receipt).toMatchObject({ outcome: 'rejected', input: null, attempts: [], losses: [], price: undefined });
  const day = new Date('2026-11-21');
  expect(await dailyUsage(db.database, { organizationId: 'org_a', from: day, to: day })).toEqual([
    expect.objectContaining({ day: '2026-11-21', model: '', requests: 1n, errors: 1n, chargeNanoUsd: 0n }),
  ]);
});

test('a record without searches and rates has none, in receipt and list', async () => {
  await recordBatch(db.database, batch(settlement({ usage: { input: 1, output: 1 } })));
  const receipt = await readReceipt(db.database, { organizationId: 'org_a', requestId: 'req_1' });
  expect(receipt).toMatchObject({ webSearches: null, rates: null });
  const { requests } = await listRequests(sqlOf(db.prisma), { organizationId: 'org_a', limit: 1 });
  expect(requests).toMatchObject([{ webSearches: null, rates: null }]);
});

test('of any request ids, those recorded are told apart from the others', async () => {
  await recordBatch(db.database, batch(settlement({ requestId: 'req_free', chargeNanoUsd: '0' })));
  expect(await recordedRequests(db.database, ['req_free', 'req_unknown'])).toEqual(new Set(['req_free']));
});

test('recording is idempotent within a batch, across batches and across concurrent connections', async () => {
  const records = Array.from({ length: 50 }, (_, index) => settlement({ requestId: `req_${index % 40}` }));
  const results = await Promise.all(Array.from({ length: 6 }, () => recordBatch(db.database, batch(...records))));
  const recorded = results.flatMap((result) => (result === 'all' ? ['all of them'] : [...result]));
  expect(recorded.toSorted()).toEqual(Array.from({ length: 40 }, (_, index) => `req_${index}`).toSorted());
  const sums = await usageSummary(db.database, { organizationId: 'org_a', since: new Date('2026-11-21') });
  expect(sums).toEqual({
    requests: 40n,
    errors: 0n,
    input: 400n,
    cacheRead: 200n,
    cacheWrite: 120n,
    output: 280n,
    chargeNanoUsd: 40n * 9007199254740993n,
  });
});

test('batches that share requests, in any order and with any twice, are recorded at once without a deadlock', async () => {
  const shuffled = (turn: number) =>
    Array.from({ length: 60 + turn }, (_, index) => {
      const place = (index * 7 + turn * 13) % 60;
      return settlement({ requestId: `req_${place}`, modelRequested: `m${(place + turn) % 5}` });
    });
  for (let round = 0; round < 5; round++) {
    await db.database.query('TRUNCATE usage_record, usage_hourly, usage_daily_outcome, usage_daily');
    await Promise.all(Array.from({ length: 8 }, (_, turn) => recordBatch(db.database, shuffled(turn))));
    const day = new Date('2026-11-21');
    const sums = await usageSummary(db.database, { organizationId: 'org_a', since: day });
    expect(sums.requests).toBe(60n);
  }
});

test('daily sums equal the sums of the records, whatever was written and however it was batched', async () => {
  const record = fc.record({
    requestId: fc.integer({ min: 0, max: 30 }).map((n) => `req_${n}`),
    organizationId: fc.constantFrom('org_a', 'org_b'),
    modelUsed: fc.constantFrom('m1', 'm2'),
    createdAt: fc.constantFrom('2026-11-21T23:59:59.999Z', '2026-11-22T00:00:00.000Z'),
    outcome: fc.constantFrom('completed' as const, 'failed' as const),
    chargeNanoUsd: fc.bigInt(0n, 10n ** 15n).map(String),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(record, { maxLength: 20 }), { maxLength: 5 }), async (batches) => {
      await db.database.query('TRUNCATE usage_record, usage_hourly, usage_daily_outcome, usage_daily');
      const first = new Map<string, SettlementRecord>();
      for (const changes of batches) {
        const records = changes.map((change) => settlement(change));
        const fresh = records.filter((one) => !first.has(one.requestId) && first.set(one.requestId, one));
        const recorded = await recordBatch(db.database, batch(...records));
        const isAll = fresh.length === records.length;
        expect(recorded).toEqual(isAll ? 'all' : new Set(fresh.map((one) => one.requestId)));
      }
      for (const organizationId of ['org_a', 'org_b']) {
        const mine = [...first.values()].filter((one) => one.organizationId === organizationId);
        const sums = await usageSummary(db.database, { organizationId, since: new Date('2026-11-21') });
        expect(sums.requests).toBe(BigInt(mine.length));
        expect(sums.errors).toBe(BigInt(mine.filter((one) => one.outcome === 'failed').length));
        expect(sums.chargeNanoUsd).toBe(mine.reduce((sum, one) => sum + BigInt(one.chargeNanoUsd), 0n));
        const range = { from: new Date('2026-11-21'), to: new Date('2026-11-22') };
        const days = await dailyUsage(db.database, { organizationId, ...range });
        for (const row of days) {
          const those = mine.filter((one) => one.createdAt.startsWith(row.day) && one.modelUsed === row.model);
          expect(row.requests).toBe(BigInt(those.length));
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('a page by counting begins exactly so many requests further, also where few among many hours match', async () => {
  const hourMs = 60 * 60 * 1000;
  const records = Array.from({ length: 40 }, (_, index) =>
    settlement({
      requestId: `req_${String(index).padStart(3, '0')}`,
      createdAt: new Date(Date.UTC(2026, 10, 20) + Math.floor(index / 3) * hourMs + index).toISOString(),
      apiKeyId: index % 4 ? 'key_a' : 'key_b',
    }),
  );
  await recordBatch(db.database, batch(...records));
  for (const apiKeyId of [undefined, 'key_a', 'key_b']) {
    const all = records.filter((one) => apiKeyId === undefined || one.apiKeyId === apiKeyId).reverse();
    for (const offset of [0, 1, 5, 9, all.length - 1, all.length, 100]) {
      const page = await listRequests(db.database, { organizationId: 'org_a', apiKeyId, limit: 4, offset });
      const expected = all.slice(offset, offset + 4).map((one) => one.requestId);
      expect(
        page.requests.map(({ id }) => id),
        `${apiKeyId} ${offset}`,
      ).toEqual(expected);
      expect(page.nextCursor !== undefined, `${apiKeyId} ${offset}`).toBe(offset + 4 < all.length);
    }
  }
});

test('pages walk every request once, newest first, also among equal times, and filters narrow them', async () => {
  const records = Array.from({ length: 57 }, (_, index) =>
    settlement({
      requestId: `req_${String(index).padStart(3, '0')}`,
      createdAt: new Date(Date.UTC(2026, 10, 21) + Math.floor(index / 10) * 1000).toISOString(),
      apiKeyId: index % 2 ? 'key_a' : 'key_b',
      modelUsed: index % 3 ? 'm1' : 'm2',
    }),
  );
  await recordBatch(db.database, batch(...records, settlement({ requestId: 'req_other', organizationId: 'org_b' })));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRequests(db.database, { organizationId: 'org_a', limit: 10, cursor });
    seen.push(...page.requests.map((row) => row.id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual(records.map((one) => one.requestId).reverse());
  const narrow = await listRequests(db.database, {
    organizationId: 'org_a',
    apiKeyId: 'key_a',
    model: 'm1',
    from: new Date(Date.UTC(2026, 10, 21) + 1000),
    to: new Date(Date.UTC(2026, 10, 21) + 3000),
    limit: 1000,
  });
  const matching = records.filter((_, index) => index >= 10 && index < 30 && index % 2 && index % 3);
  expect(narrow.requests.map((row) => row.id)).toEqual(matching.map((one) => one.requestId).reverse());
  expect(
    (await listRequests(db.database, { organizationId: 'org_a', limit: 5, cursor: "' OR 1" })).requests,
  ).toHaveLength(5);
});
