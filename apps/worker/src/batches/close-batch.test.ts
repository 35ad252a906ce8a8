import { grantCredit, placeHold, readBalance, verifyBooks } from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { findOpenBatch, insertBatch, type NewBatch, readReceipt, readRoute } from '@ai-bridge/usage';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { BatchSettlement } from './batch-settlement.ts';
import { settleOnce } from './close-batch.ts';

let db: TestDatabase;
let counter = 0;
let batch: NewBatch;
beforeAll(async () => {
  db = await createTestDatabase(20);
});
afterAll(() => db.drop());
beforeEach(async () => {
  const organizationId = `org_${++counter}`;
  batch = {
    ...{ id: `req_${counter}`, organizationId, apiKeyId: 'key_a', channelId: 'chn_1', provider: 'openai', model: 'm' },
    ...{
      multiplierBasisPoints: 10_000,
      groupId: null,
      multiplierVersion: null,
      priceId: 'prc_1',
      protocol: 'openai-chat',
      inputFileId: 'file-in',
      lineCount: 3,
      createdAt: new Date(),
    },
    ...{ certainPromptTokens: 30n, leastLineTokens: 5n, holdNanoUsd: 60n },
  };
  const grant = { key: `grant:${counter}`, organizationId, amountNanoUsd: 100n, reason: 'test', actor: 'test' };
  await grantCredit(db.database, grant);
  await placeHold(db.database, { key: batch.id, organizationId, amountNanoUsd: 60n, ttlMs: 60_000 });
  await insertBatch(db.database, batch, 60_000);
});

const settlement: BatchSettlement = {
  ...{ outcome: 'completed', usage: { input: 5, output: 7 }, usageSource: 'reported', chargeNanoUsd: 45n },
  costNanoUsd: 27n,
  errorCode: undefined,
};
async function settle(): Promise<boolean> {
  const { organizationId, id } = batch;
  const open = await findOpenBatch(db.database, { organizationId, id });
  if (!open) return false;
  return settleOnce(db.database, { ...open, upstreamId: 'batch_1' }, 'completed', settlement, Date.now());
}

test('however many settle a batch at the same time, it is charged, recorded and released once', async () => {
  const results = await Promise.all(Array.from({ length: 12 }, settle));
  expect(results.filter((isFirst) => isFirst)).toHaveLength(1);
  const { organizationId, id } = batch;
  expect(await readBalance(db.database, organizationId)).toMatchObject({ postedNanoUsd: 55n, heldNanoUsd: 0n });
  expect(await readReceipt(db.database, { organizationId, requestId: id })).toMatchObject({
    ...{ outcome: 'completed', endpoint: '/v1/batches', chargeNanoUsd: 45n, input: 5n, output: 7n, modelUsed: 'm' },
  });
  expect(await readRoute(db.database, id)).toMatchObject({ costNanoUsd: 27n });
  expect(await verifyBooks(db.database)).toEqual([]);
});

test.each(['usage_record_batch', 'ledger_release_hold', 'ledger_capture'])(
  'a settlement that breaks off at %s leaves everything as it was, and is done later',
  async (step) => {
    await db.database.query(`ALTER FUNCTION ${step} RENAME TO away`);
    await expect(settle()).rejects.toThrow();
    await db.database.query(`ALTER FUNCTION away RENAME TO ${step}`);
    expect(await readBalance(db.database, batch.organizationId)).toMatchObject({
      postedNanoUsd: 100n,
      heldNanoUsd: 60n,
    });
    expect(await settle()).toBe(true);
    expect(await readBalance(db.database, batch.organizationId)).toMatchObject({ postedNanoUsd: 55n, heldNanoUsd: 0n });
  },
);
