import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readChannelSpend } from './channel-spend.ts';

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
