import { createTestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { confirmBatch, dropBatch, findOpenBatch, insertBatch, isAwaitedOutput, type NewBatch } from './open.ts';
import { claimDueBatches, closeBatch, knownBatches, noteBatch, noteBatchFailure, noteSeenBatch } from './poll.ts';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() => db.database.query('TRUNCATE upstream_batch'));

const batch = (id: string): NewBatch => ({
  ...{ id, organizationId: 'org_a', apiKeyId: 'key_a', channelId: 'chn_1', provider: 'openai', model: 'm' },
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
  ...{ certainPromptTokens: 30n, leastLineTokens: 5n, holdNanoUsd: 1_000n },
});
const sql = () => db.database;
const claim = (limit = 10) => claimDueBatches(sql(), { limit, claimMs: 60_000 });
const find = (id: string, organizationId = 'org_a') => findOpenBatch(sql(), { id, organizationId });
const confirm = (id: string, upstreamId: string) =>
  confirmBatch(sql(), { id, upstreamId, status: 'validating', nextPollMs: 0 });

test('a batch is its organization’s own and is found until it is settled, once', async () => {
  await insertBatch(sql(), batch('req_1'), 60_000);
  expect(await find('req_1')).toEqual({
    ...batch('req_1'),
    ...{ upstreamId: null, status: 'creating', outputFileId: null, completedLines: 0, failures: 0, failingSince: null },
    createdAt: expect.any(Date),
  });
  expect(await find('req_1', 'org_b')).toBeUndefined();
  expect(await closeBatch(sql(), { id: 'req_1', status: 'completed' })).toBe(true);
  expect(await closeBatch(sql(), { id: 'req_1', status: 'completed' })).toBe(false);
  expect(await find('req_1')).toBeUndefined();
  expect(await claim()).toEqual([]);
});

test('what its upstream refused is gone, what it confirmed stays', async () => {
  await insertBatch(sql(), batch('req_1'), 60_000);
  await insertBatch(sql(), batch('req_2'), 60_000);
  expect(await confirm('req_1', 'batch_1')).toBe(true);
  expect(await confirm('req_1', 'batch_9')).toBe(false);
  expect(await dropBatch(sql(), 'req_1')).toBe(false);
  expect(await dropBatch(sql(), 'req_2')).toBe(true);
  expect(await find('req_1')).toMatchObject({ upstreamId: 'batch_1', status: 'validating' });
  expect(await find('req_2')).toBeUndefined();
});

test('one batch of an upstream is paid for by one of ours', async () => {
  await insertBatch(sql(), batch('req_1'), 60_000);
  await insertBatch(sql(), batch('req_2'), 60_000);
  await confirm('req_1', 'batch_1');
  await expect(confirm('req_2', 'batch_1')).rejects.toThrow('unique');
  expect(await knownBatches(sql(), { channelId: 'chn_1', upstreamIds: ['batch_1', 'batch_2'] })).toEqual(
    new Set(['batch_1']),
  );
});

test('of many that take what is due at the same time, each batch goes to one', async () => {
  for (let index = 0; index < 40; index++) await insertBatch(sql(), batch(`req_${index}`), 0);
  await insertBatch(sql(), batch('req_later'), 60_000);
  const claims = await Promise.all(Array.from({ length: 8 }, () => claim(10)));
  const ids = claims.flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids, ...(await claim(100)).map(({ id }) => id)]).toHaveLength(40);
  expect(await claim()).toEqual([]);
});

test('who dies with a claim leaves the batch to the next, after a while', async () => {
  await insertBatch(sql(), batch('req_1'), 0);
  expect(await claimDueBatches(sql(), { limit: 1, claimMs: 0 })).toHaveLength(1);
  expect(await claim()).toHaveLength(1);
});

test('failures count from the first one on, and end with the first look that brings something', async () => {
  await insertBatch(sql(), batch('req_1'), 0);
  await confirm('req_1', 'batch_1');
  const word = { upstreamId: 'batch_1', status: 'completed', outputFileId: 'file-out', completedLines: 2 };
  await noteBatchFailure(sql(), { id: 'req_1', nextPollMs: 0, word });
  const first = await find('req_1');
  expect(first).toMatchObject({ failures: 1, status: 'completed', outputFileId: 'file-out', completedLines: 2 });
  await noteBatchFailure(sql(), { id: 'req_1', nextPollMs: 0, word: undefined });
  expect(await find('req_1')).toMatchObject({
    failures: 2,
    status: 'completed',
    completedLines: 2,
    failingSince: first?.failingSince,
  });
  await noteBatch(sql(), { id: 'req_1', ...word, outputFileId: undefined, completedLines: 1, nextPollMs: 60_000 });
  expect(await find('req_1')).toMatchObject({
    ...{ failures: 0, failingSince: null, outputFileId: 'file-out', completedLines: 2 },
  });
  expect(await claim()).toEqual([]);
});

test('an output that a client may learn of is awaited until the batch is settled, and looked at soon', async () => {
  await insertBatch(sql(), batch('req_1'), 60_000);
  await confirmBatch(sql(), { id: 'req_1', upstreamId: 'batch_1', status: 'validating', nextPollMs: 60_000 });
  const seen = { upstreamId: 'batch_1', status: 'completed', outputFileId: 'file-out', completedLines: 3 };
  const isAwaited = (organizationId = 'org_a') => isAwaitedOutput(sql(), { organizationId, fileId: 'file-out' });
  await noteSeenBatch(sql(), { organizationId: 'org_b', channelId: 'chn_1', word: seen });
  await noteSeenBatch(sql(), { organizationId: 'org_a', channelId: 'chn_2', word: seen });
  expect(await isAwaited()).toBe(false);
  await noteSeenBatch(sql(), { organizationId: 'org_a', channelId: 'chn_1', word: seen });
  expect(await isAwaited()).toBe(true);
  expect(await isAwaited('org_b')).toBe(false);
  expect(await claim()).toHaveLength(1);
  // Asking again and again does not keep the poller busy.
  await noteSeenBatch(sql(), { organizationId: 'org_a', channelId: 'chn_1', word: seen });
  expect(await claim()).toEqual([]);
  await closeBatch(sql(), { id: 'req_1', status: 'completed' });
  expect(await isAwaited()).toBe(false);
});
