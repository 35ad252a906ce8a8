import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readChannelSpend, readChannelSpendSoFar } from './channel-spend.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test('what each channel’s requests cost is summed since a moment; what no channel answered is nobody’s', async () => {
  const rows: [id: string, channel: string | null, cost: number | null, hoursAgo: number][] = [
    ['req_1', 'chn_a', 5, 1],
    ['req_2', 'chn_a', null, 2],
    ['req_3', 'chn_a', 7, 30],
    ['req_4', 'chn_b', null, 1],
    ['req_5', null, null, 1],
  ];
  for (const [id, channel, cost, hoursAgo] of rows) {
    await db.database.query(
      `INSERT INTO usage_record (id, organization_id, api_key_id, created_at, outcome, endpoint, client_protocol, stream,
         model_requested, channel_id, usage_source, charge_nano_usd, cost_nano_usd, duration_ms)
       VALUES ($1, 'org', 'key', now() - $4 * interval '1 hour', 'completed', '/v1/messages', 'anthropic-messages', false, 'm',
         $2, 'reported', 9, $3, 1)`,
      [id, channel, cost, hoursAgo],
    );
  }
  expect(await readChannelSpend(db.database, new Date(Date.now() - 24 * 3_600_000))).toEqual([
    { channelId: 'chn_a', requests: 2, costNanoUsd: 5n },
    { channelId: 'chn_b', requests: 1, costNanoUsd: undefined },
  ]);
});

test('what channels cost in this UTC day and month follows the records, and is asked of the sums', async () => {
  const now = new Date('2031-05-20T01:00:00Z');
  const rows: [id: string, channel: string | null, cost: number | null, at: string][] = [
    ['sum_1', 'chn_sum', 5, '2031-05-20T00:00:00Z'],
    ['sum_2', 'chn_sum', 7, '2031-05-19T23:59:59Z'],
    ['sum_3', 'chn_sum', null, '2031-05-20T00:30:00Z'],
    ['sum_4', 'chn_sum', 90, '2031-04-30T23:59:59Z'],
    ['sum_5', null, 400, '2031-05-20T00:30:00Z'],
    ['sum_6', 'chn_other', 3, '2031-05-20T00:30:00Z'],
  ];
  for (const [id, channel, cost, at] of rows) {
    await db.database.query(
      `INSERT INTO usage_record (id, organization_id, api_key_id, created_at, outcome, endpoint, client_protocol, stream,
         model_requested, channel_id, usage_source, charge_nano_usd, cost_nano_usd, duration_ms)
       VALUES ($1, 'org', 'key', $4, 'completed', '/v1/messages', 'anthropic-messages', false, 'm', $2, 'reported', 9, $3, 1)`,
      [id, channel, cost, at],
    );
  }
  // Another worker's row of the same day.
  await db.database.query(
    `INSERT INTO channel_day (channel_id, day, shard, requests, cost_nano_usd) VALUES ('chn_sum', '2031-05-20', 99, 1, 1000)`,
    [],
  );
  expect(await readChannelSpendSoFar(db.database, { channelIds: ['chn_sum', 'chn_none'], now })).toEqual([
    { channelId: 'chn_sum', dayNanoUsd: 1_005n, monthNanoUsd: 1_012n },
  ]);
  const [sums] = await db.database.query<{ requests: bigint }>(
    `SELECT sum(requests)::bigint AS requests FROM channel_day WHERE channel_id = 'chn_sum' AND shard <> 99`,
    [],
  );
  expect(sums?.requests).toBe(4n);
});
