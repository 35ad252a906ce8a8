import type { SettlementRecord } from '@ai-bridge/domain';
import { createTestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listMonthlyUsage, monthRequests, readMonthUsage, recordBatch } from './index.ts';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

let made = 0;
function request(change: Partial<SettlementRecord>): SettlementRecord {
  return {
    ...{ requestId: `req_${String(++made).padStart(6, '0')}`, organizationId: 'org_a', apiKeyId: 'key_a' },
    ...{ createdAt: '2026-11-21T10:00:00.000Z', outcome: 'completed', endpoint: '/v1/messages', stream: true },
    ...{ clientProtocol: 'anthropic-messages', upstreamProtocol: 'anthropic-messages', modelRequested: 'm' },
    ...{ modelUsed: 'm', provider: 'anthropic', channelId: 'chn_1', priceId: 'prc_1', usageSource: 'reported' },
    ...{ usage: { input: 10, cacheRead: 5, cacheWrite5m: 2, cacheWrite1h: 1, output: 7 }, chargeNanoUsd: '100' },
    ...{ status: 200, durationMs: 30, attempts: [], ...change },
  };
}

const collect = async (of: Parameters<typeof monthRequests>[1], rowsAtOnce?: number) => {
  const pages: string[][] = [];
  for await (const rows of monthRequests(db.database, of, rowsAtOnce)) pages.push(rows.map(({ id }) => id));
  return pages;
};

test('a month’s usage is what began between its first and its last moment in UTC, by key and model, the dearest first', async () => {
  await recordBatch(db.database, [
    request({ createdAt: '2026-10-31T23:59:59.999Z', chargeNanoUsd: '1' }),
    request({ createdAt: '2026-11-01T00:00:00.000Z' }),
    request({ createdAt: '2026-11-30T23:59:59.999Z', outcome: 'failed' }),
    request({ createdAt: '2026-11-30T23:59:59.999Z', apiKeyId: 'key_b', chargeNanoUsd: '9007199254740993' }),
    request({ modelUsed: 'other', chargeNanoUsd: '3' }),
    request({ organizationId: 'org_b' }),
    request({ createdAt: '2026-12-01T00:00:00.000Z', chargeNanoUsd: '5' }),
  ]);
  const lines = await readMonthUsage(db.database, { organizationId: 'org_a', month: '2026-11' });
  const one = { requests: 1n, errors: 0n, input: 10n, cacheRead: 5n, cacheWrite: 3n, output: 7n };
  expect(lines).toEqual([
    { apiKeyId: 'key_b', model: 'm', ...one, chargeNanoUsd: 9_007_199_254_740_993n },
    {
      ...{ apiKeyId: 'key_a', model: 'm', requests: 2n, errors: 1n, chargeNanoUsd: 200n },
      ...{ input: 20n, cacheRead: 10n, cacheWrite: 6n, output: 14n },
    },
    { apiKeyId: 'key_a', model: 'other', ...one, chargeNanoUsd: 3n },
  ]);
  const months = await listMonthlyUsage(db.database, 'org_a');
  expect(months.map(({ month, requests, chargeNanoUsd }) => [month, requests, chargeNanoUsd])).toEqual([
    ['2026-10', 1n, 1n],
    ['2026-11', 4n, 9_007_199_254_741_196n],
    ['2026-12', 1n, 5n],
  ]);
});

test('a month’s requests come all and once, oldest first, also where many began in one millisecond', async () => {
  const organizationId = 'org_many';
  const same = Array.from({ length: 7 }, () => request({ organizationId, createdAt: '2026-11-02T00:00:00.000Z' }));
  const edges = [
    request({ organizationId, createdAt: '2026-11-01T00:00:00.000Z' }),
    request({ organizationId, createdAt: '2026-11-30T23:59:59.999Z', apiKeyId: 'key_b' }),
  ] as const;
  const outside = ['2026-10-31T23:59:59.999Z', '2026-12-01T00:00:00.000Z'].map((createdAt) =>
    request({ organizationId, createdAt }),
  );
  await recordBatch(db.database, [...same, ...edges, ...outside]);
  const inOrder = [edges[0], ...same, edges[1]].map(({ requestId }) => requestId);
  const pages = await collect({ organizationId, month: '2026-11' }, 3);
  expect(pages.map(({ length }) => length)).toEqual([3, 3, 3]);
  expect(pages.flat()).toEqual(inOrder);
  expect((await collect({ organizationId, month: '2026-11' })).flat()).toEqual(inOrder);
  expect(await collect({ organizationId, month: '2026-11', apiKeyIds: ['key_b'] })).toEqual([inOrder.slice(-1)]);
  expect(await collect({ organizationId, month: '2026-11', apiKeyIds: [] })).toEqual([]);
  expect(await collect({ organizationId, month: '2026-09' })).toEqual([]);
});

test('a reader that stops asks the database for nothing more', async () => {
  let asked = 0;
  const counted = {
    query: <Row extends object>(text: string, values?: readonly unknown[]) => {
      asked++;
      return db.database.query<Row>(text, values);
    },
  };
  for await (const rows of monthRequests(counted, { organizationId: 'org_many', month: '2026-11' }, 2)) {
    expect(rows).toHaveLength(2);
    break;
  }
  expect(asked).toBe(1);
});
