import type { SettlementRecord } from '@ai-bridge/domain';
import { createTestDatabase } from '@ai-bridge/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readModelDays, recordBatch } from './index.ts';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() => db.database.query('TRUNCATE usage_record, usage_daily'));

const first = new Date('2026-11-21T15:00:00Z');

function settlement(change: Partial<SettlementRecord>): SettlementRecord {
  return {
    ...{ requestId: 'req_1', organizationId: 'org_a', apiKeyId: 'key_a', createdAt: '2026-11-21T23:59:59.999Z' },
    ...{ outcome: 'completed', endpoint: '/v1/messages', clientProtocol: 'anthropic-messages', stream: true },
    ...{ modelRequested: 'm', modelUsed: 'm', priceId: 'prc_1', usage: { input: 1 }, usageSource: 'reported' },
    ...{ chargeNanoUsd: '10', durationMs: 1 },
    ...change,
  };
}

test('costs and charges of a day and model are the sums over the records, however they were batched and repeated', async () => {
  const amount = fc.bigInt(0n, 10n ** 17n).map(String);
  const record = fc.record({
    requestId: fc.integer({ min: 0, max: 40 }).map((n) => `req_${n}`),
    organizationId: fc.constantFrom('org_a', 'org_b'),
    apiKeyId: fc.constantFrom('key_a', 'key_b'),
    modelUsed: fc.constantFrom('m1', 'm2'),
    createdAt: fc.constantFrom('2026-11-20T23:59:59.999Z', '2026-11-21T00:00:00.000Z', '2026-11-22T12:00:00.000Z'),
    chargeNanoUsd: amount,
    costNanoUsd: fc.oneof(amount, fc.constant('0')),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(record, { maxLength: 20 }), { maxLength: 5 }), async (batches) => {
      await db.database.query('TRUNCATE usage_record, usage_daily');
      const kept = new Map<string, { day: string; charge: bigint; cost: bigint }[]>();
      const seen = new Set<string>();
      for (const changes of batches) {
        for (const { requestId, createdAt, modelUsed, chargeNanoUsd, costNanoUsd } of changes) {
          if (seen.has(requestId)) continue;
          seen.add(requestId);
          const day = createdAt.slice(0, 10);
          const group = kept.get(`${day} ${modelUsed}`) ?? [];
          kept.set(`${day} ${modelUsed}`, group);
          group.push({ day, charge: BigInt(chargeNanoUsd), cost: BigInt(costNanoUsd) });
        }
        await recordBatch(db.database, changes.map(settlement));
      }
      const sum = (amounts: readonly bigint[]) => amounts.reduce((total, one) => total + one, 0n);
      const expected = [...kept]
        .filter(([, group]) => group[0]!.day >= '2026-11-21')
        .map(([name, group]) => ({
          ...{ day: name.slice(0, 10), model: name.slice(11), uncostedNanoUsd: 0n },
          chargeNanoUsd: sum(group.map(({ charge }) => charge)),
          costNanoUsd: sum(group.map(({ cost }) => cost)),
        }))
        .filter(({ chargeNanoUsd, costNanoUsd }) => chargeNanoUsd > 0n || costNanoUsd > 0n)
        .sort((a, b) => (`${a.day} ${a.model}` < `${b.day} ${b.model}` ? -1 : 1));
      expect(await readModelDays(db.database, first)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test('what was charged where no cost is known stands apart, and a cost that comes later begins at nothing', async () => {
  const old = [settlement({ requestId: 'req_1' }), settlement({ requestId: 'req_2', apiKeyId: 'key_b' })];
  await recordBatch(db.database, old);
  const sums = { day: '2026-11-21', model: 'm' };
  expect(await readModelDays(db.database, first)).toEqual([
    { ...sums, chargeNanoUsd: 20n, costNanoUsd: 0n, uncostedNanoUsd: 20n },
  ]);
  await recordBatch(db.database, [settlement({ requestId: 'req_3', apiKeyId: 'key_b', costNanoUsd: '7' })]);
  expect(await readModelDays(db.database, first)).toEqual([
    { ...sums, chargeNanoUsd: 30n, costNanoUsd: 7n, uncostedNanoUsd: 10n },
  ]);
});

test('a worker that knows of no costs settles as before', async () => {
  const none = 'NULL::bigint[]';
  await db.database.query(
    `SELECT usage_record_batch($1::json, 'req_1', ARRAY[1]::bigint[], ARRAY[0]::bigint[], ${none}, ${none}, ${none}, ${none}, ${none},
       ${none}, ${none}, ARRAY[5]::bigint[], ${none}, ARRAY[1]::bigint[], NULL)`,
    [JSON.stringify([settlement({})])],
  );
  const rows = await db.database.query('SELECT charge_nano_usd AS charge, cost_nano_usd AS cost FROM usage_record');
  expect(rows).toEqual([{ charge: 5n, cost: null }]);
});
