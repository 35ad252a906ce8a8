import type { SettlementRecord } from '@ai-bridge/domain';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { firstByteStep, firstByteSteps } from '../first-byte.ts';
import { addModelHealth } from '../model-health.ts';
import { recordBatch } from '../record.ts';
import { listFailureCauses } from './failure-causes.ts';
import { readFirstBytes } from './first-bytes.ts';
import { readRequestMinutes } from './request-minutes.ts';
import { listWorkers } from './worker-list.ts';
import { type RequestCounts, type WorkerReport, writeWorkerReport } from './worker-report.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(() => db.database.query('TRUNCATE worker, worker_report, worker_minute, usage_record, model_health'));
afterAll(() => db.drop());

const report = (over: Partial<WorkerReport> = {}): WorkerReport => ({
  version: '0.1.0',
  isDraining: false,
  requestsPerSecond: 2.5,
  requestsOpen: 3,
  attemptsOpen: 4,
  unsettled: 5,
  oldestUnsettledMs: 1_500,
  deadLetters: 0,
  journalBytes: 2_000,
  journalMaxBytes: 128_000,
  journalOldestMs: 60_000,
  journalState: 'open',
  journalWriteMs: 0.4,
  settleMs: 12,
  redis: 'unused',
  redisMs: undefined,
  memoryBytes: 90_000_000,
  ...over,
});
const counts = (over: Partial<RequestCounts> = {}): RequestCounts => ({
  ...{ requests: 0, succeeded: 0, refused: 0, failed: 0 },
  ...over,
});
const born = (id: string, columns = '') =>
  db.database.query(`INSERT INTO worker (id, address) VALUES ($1, '10.0.0.1:3001')`, [id]).then(() => {
    if (columns) return db.database.query(`UPDATE worker SET ${columns} WHERE id = $1`, [id]);
  });
const write = (id: string, over?: Partial<WorkerReport>, told = counts()) =>
  writeWorkerReport(db.database, id, report(over), told);

test('a worker is shown with its last report', async () => {
  await born('w1');
  await write('w1', { requestsOpen: 1 });
  await write('w1');
  expect(await listWorkers(db.database)).toMatchObject([
    {
      ...{ id: 'w1', address: '10.0.0.1:3001', state: 'serving', stoppedAt: null },
      report: {
        ...{ version: '0.1.0', requestsOpen: 3, unsettled: 5, oldestUnsettledSeconds: 1.5, journalBytes: 2_000 },
        ...{ journalState: 'open', redis: 'unused', redisMs: null },
      },
    },
  ]);
});

test('one that is told to stop drains, one that has stopped has, and one that is heard of no more is not reachable', async () => {
  const silent = `heartbeat_at = now() - interval '1 minute'`;
  await born('a-serving', `heartbeat_at = now() - interval '14 seconds'`);
  await born('b-draining');
  await born('c-stopped', `stopped_at = now(), ${silent}`);
  await born('d-gone', silent);
  await born('e-last-week', `heartbeat_at = now() - interval '7 days', started_at = now() - interval '8 days'`);
  await born('f-reborn', `started_at = now() + interval '1 second'`);
  for (const id of ['b-draining', 'c-stopped']) await write(id, { isDraining: true });
  await write('d-gone');
  await db.database.query(`UPDATE worker_report SET at = now() - interval '1 minute' WHERE worker_id = 'd-gone'`);
  await db.database.query(`UPDATE worker SET started_at = now() - interval '2 minutes' WHERE id = 'd-gone'`);
  await write('f-reborn');
  const states = new Map((await listWorkers(db.database)).map((one) => [one.id, [one.state, one.report !== null]]));
  expect(Object.fromEntries(states)).toEqual({
    'a-serving': ['serving', false],
    'b-draining': ['draining', true],
    'c-stopped': ['stopped', true],
    'd-gone': ['unreachable', true],
    // Its report is of its life before.
    'f-reborn': ['serving', false],
  });
});

test('requests of all workers add up by minute, and minutes without any are there too', async () => {
  await write('w1', {}, counts({ requests: 10, succeeded: 7, refused: 2 }));
  await write('w1', {}, counts({ requests: 1, failed: 1 }));
  await write('w2', {}, counts({ requests: 5, succeeded: 5 }));
  await db.database.query(
    `INSERT INTO worker_minute SELECT 'w1', date_trunc('minute', now()) - n * interval '1 minute', n, n, 0, 0
     FROM unnest(ARRAY[2, 59, 60, 500]) n`,
  );
  const minutes = await readRequestMinutes(db.database, 60);
  expect(minutes).toHaveLength(60);
  expect(minutes[0]).toMatchObject({ requests: 59 });
  expect(minutes.slice(-3)).toMatchObject([
    { requests: 2 },
    { requests: 0, succeeded: 0 },
    { requests: 16, succeeded: 12, refused: 2, failed: 1 },
  ]);
  await write('w2');
  const kept = await db.database.query('SELECT FROM worker_minute WHERE requests = 500');
  expect(kept).toHaveLength(0);
});

const request = (id: string, over: Partial<SettlementRecord> = {}): SettlementRecord => ({
  ...{ requestId: id, organizationId: 'org_a', apiKeyId: 'key_a', createdAt: new Date().toISOString() },
  ...{ outcome: 'failed', endpoint: '/v1/messages', clientProtocol: 'anthropic-messages' },
  ...{ stream: true, modelRequested: 'm', usage: {}, usageSource: 'none', chargeNanoUsd: '0', status: 503 },
  ...{ durationMs: 3, errorCode: 'overloaded', attempts: [], losses: [] },
  ...over,
});

test('failures are counted by code, model and the channel that failed last, the most frequent first', async () => {
  const attempts = ['chn_1', 'chn_2'].map((channelId) => ({
    ...{ channelId, provider: 'p', model: 'm', status: 500, paidBy: 'house' as const },
  }));
  const long = new Date(Date.now() - 2 * 3_600_000).toISOString();
  await recordBatch(db.database, [
    request('req_1', { attempts, createdAt: new Date(Date.now() - 5_000).toISOString() }),
    request('req_2', { attempts, organizationId: 'org_b' }),
    request('req_3', { outcome: 'rejected', errorCode: 'no_channel' }),
    request('req_4', { outcome: 'completed', status: 200, errorCode: undefined }),
    request('req_5', { outcome: 'client_left', errorCode: undefined }),
    request('req_6', { createdAt: long }),
  ]);
  expect(await listFailureCauses(db.database, { minutes: 60, limit: 20 })).toMatchObject([
    { code: 'overloaded', model: 'm', channelId: 'chn_2', count: 2, organizations: 2, requestId: 'req_2' },
    { code: 'no_channel', model: 'm', channelId: null, count: 1, organizations: 1, requestId: 'req_3' },
  ]);
  expect(await listFailureCauses(db.database, { minutes: 60, limit: 1 })).toHaveLength(1);
});

test('how soon answers began is put together over models, providers and steps', async () => {
  const at = new Date('2026-11-22T10:00:00Z');
  const early = new Date('2026-11-22T09:00:00Z');
  expect(await readFirstBytes(db.database, at)).toEqual({ answers: 0, p50Ms: undefined, p95Ms: undefined });
  const sums = (model: string, from: Date, ms: number, answers: number) => {
    const firstByteCounts = new Array<number>(firstByteSteps).fill(0);
    firstByteCounts[firstByteStep(ms)] = answers;
    return { at: from, model, provider: 'p', requests: answers, failures: 0, firstByteCounts };
  };
  await addModelHealth(db.database, [sums('m', at, 60, 90), sums('n', at, 60_001, 10), sums('m', early, 400, 900)]);
  const read = await readFirstBytes(db.database, at);
  expect(read).toMatchObject({ answers: 100, p95Ms: 60_000 });
  expect(read.p50Ms).toBeLessThanOrEqual(80);
});
