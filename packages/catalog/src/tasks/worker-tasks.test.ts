import { listen } from '@ai-bridge/db';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { claimTask, finishTask, readTask, requestTask, taskChannel } from './worker-tasks.ts';

const actor = { kind: 'console', userId: 'usr_1' } as const;
let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.drop());

const kind = 'channel.reset';
const ask = () => requestTask(db.prisma, { kind, subjectId: 'chn_1', input: {} }, actor);
const view = async (id: string) => await readTask(db.database, { id, kind });
const age = (id: string, seconds: number) =>
  db.database.query(
    `UPDATE worker_task SET created_at = created_at - $2 * interval '1 second',
       claimed_at = claimed_at - $2 * interval '1 second' WHERE id = $1`,
    [id, seconds],
  );

test('a task is told at once, taken by one worker of many, and answered once', async () => {
  const told: string[] = [];
  let connected = false;
  const listening = listen({
    ...{ url: db.url, channels: [taskChannel], applicationName: 'test' },
    onNotify: (_, payload) => told.push(payload),
    onConnect: () => {
      connected = true;
    },
  });
  await vi.waitFor(() => expect(connected).toBe(true), 10_000);
  const id = await ask();
  await vi.waitFor(() => expect(told).toEqual([id]), 10_000);
  await listening.close();
  expect(await view(id)).toEqual({ status: 'waiting' });
  const claims = await Promise.all(Array.from({ length: 8 }, (_, worker) => claimTask(db.database, `w${worker}`)));
  const taken = claims.flatMap((claim, worker) => (claim ? [{ claim, worker: `w${worker}` }] : []));
  expect(taken).toMatchObject([{ claim: { id, kind, subjectId: 'chn_1' } }]);
  expect(await view(id)).toEqual({ status: 'running' });
  await finishTask(db.database, 'somebody else', id, { wasEjected: true });
  expect(await view(id)).toEqual({ status: 'running' });
  await finishTask(db.database, taken[0]!.worker, id, { wasEjected: false });
  await finishTask(db.database, taken[0]!.worker, id, { wasEjected: true });
  expect(await view(id)).toEqual({ status: 'done', result: { wasEjected: false } });
});

test('a task that nobody took in time is said to be so, and is not taken any more', async () => {
  const id = await ask();
  await age(id, 11);
  expect(await view(id)).toEqual({ status: 'unclaimed' });
  expect(await claimTask(db.database, 'w1')).toBeUndefined();
});

test('a task whose worker died is lost, and so is one without a readable answer', async () => {
  const died = await ask();
  await claimTask(db.database, 'w1');
  await age(died, 61);
  expect(await view(died)).toEqual({ status: 'lost' });
  const failed = await ask();
  await claimTask(db.database, 'w1');
  await finishTask(db.database, 'w1', failed, {});
  expect(await view(failed)).toEqual({ status: 'lost' });
});

test('a task is found under its own kind alone', async () => {
  const id = await ask();
  await expect(readTask(db.database, { id, kind: 'channel.test' })).rejects.toMatchObject({ code: 'not_found' });
});

test('no more than fifty wait at once, and each that was asked for is in the audit log', async () => {
  for (let count = 0; count < 50; count++) await ask();
  await expect(ask()).rejects.toMatchObject({ code: 'too_many_tasks' });
  expect(await db.prisma.auditLog.count({ where: { action: kind, target: 'chn_1', actorUserId: 'usr_1' } })).toBe(50);
});
