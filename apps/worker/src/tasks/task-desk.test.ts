import { createChannels, loadChannel, readTask, requestTask, sealingPublicKey } from '@ai-bridge/catalog';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createUpstreamPools } from '../upstream/pools.ts';
import { noProxies } from '../upstream/proxies/no-proxies.fixture.ts';
import { createChannelTasks, type TaskHandlers } from './channel-tasks.ts';
import { createTaskDesk } from './task-desk.ts';

const actor = { kind: 'console', userId: 'usr_1' } as const;
let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.drop());

const ask = (subjectId: string) => requestTask(db.prisma, { kind: 'channel.reset', subjectId, input: {} }, actor);
const view = (id: string) => readTask(db.database, { id, kind: 'channel.reset' });
const desk = (handlers: Partial<TaskHandlers>, onError: (error: unknown) => void = () => {}) =>
  createTaskDesk({ sql: db.database, workerId: 'w1', handlers: handlers as TaskHandlers, onError });

test('whatever comes while all hands are full is done after, once each, at most four at a time', async () => {
  const seen: string[] = [];
  let atOnce = 0;
  let most = 0;
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const tasks = desk({
    async 'channel.reset'(subjectId) {
      most = Math.max(most, ++atOnce);
      seen.push(subjectId);
      await gate;
      atOnce--;
      return { wasEjected: false };
    },
  });
  const ids: string[] = [];
  for (let count = 0; count < 9; count++) {
    ids.push(await ask(`chn_${count}`));
    tasks.wake();
  }
  await vi.waitFor(() => expect(seen).toHaveLength(4));
  letGo();
  await vi.waitFor(async () => {
    for (const id of ids) expect(await view(id)).toEqual({ status: 'done', result: { wasEjected: false } });
  }, 20_000);
  await tasks.close();
  expect(most).toBe(4);
  expect([...seen].sort()).toEqual(ids.map((_, index) => `chn_${index}`));
});

test('a task that fails by our own fault is over at once, and the next one is done', async () => {
  const errors: unknown[] = [];
  const tasks = desk(
    {
      async 'channel.reset'(subjectId) {
        if (subjectId === 'chn_bad') throw new Error('broken');
        return { wasEjected: true };
      },
    },
    (error) => errors.push(error),
  );
  const [bad, good] = [await ask('chn_bad'), await ask('chn_good')];
  tasks.wake();
  await vi.waitFor(
    async () => expect(await view(good)).toEqual({ status: 'done', result: { wasEjected: true } }),
    20_000,
  );
  expect(await view(bad)).toEqual({ status: 'lost' });
  expect(errors).toMatchObject([{ message: 'broken' }]);
  await tasks.close();
});

test('a key that does not open and a channel that is gone are told as such, and nothing is called', async () => {
  const pools = createUpstreamPools(noProxies);
  const publicKey = sealingPublicKey('the key that the channel was sealed with');
  const [made] = await createChannels(db.prisma, { preset: 'anthropic', credential: 'secret' }, publicKey, actor);
  const handlers = createChannelTasks({
    load: (channelId) => loadChannel(db.prisma, channelId, 'another key than the one it was sealed with'),
    pools,
    resetChannel: () => false,
    log: { info: () => {}, error: () => {} },
  });
  const input = { model: 'claude-sonnet-4-6' };
  expect(await handlers['channel.test'](made!.id, input)).toMatchObject({ isOk: false, failure: { kind: 'seal' } });
  expect(await handlers['channel.test']('chn_gone', input)).toMatchObject({ failure: { kind: 'not_found' } });
  expect(await handlers['channel.models'](made!.id, {})).toMatchObject({ models: [], failure: { kind: 'seal' } });
  await pools.close();
});
