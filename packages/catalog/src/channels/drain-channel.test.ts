import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyConfig } from '../config/apply-config.ts';
import { parseConfig } from '../config/parse-config.ts';
import { loadSnapshot } from '../load-snapshot.ts';
import { listOffer } from '../offer/list-offer.ts';
import { sealingPublicKey } from '../seal.ts';
import { seedCatalog } from '../seed/seed-catalog.ts';
import { deleteChannel, setChannelEnabled } from './console-change.ts';
import { createChannels } from './console-create.ts';
import { ensureDemoChannel } from './demo-channel.ts';
import { setChannelDraining } from './drain-channel.ts';
import { listChannels } from './list-channels.ts';

const sealingKey = 'a sealing key of the tests, long enough';
const publicKey = sealingPublicKey(sealingKey);
const actor = { kind: 'console', userId: 'usr_1', address: '192.0.2.1', requestId: 'req_1' } as const;
let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
  await seedCatalog(db.prisma);
});
afterEach(() => db.drop());

async function create(name: string): Promise<string> {
  const [made] = await createChannels(db.prisma, { preset: 'anthropic', name, credential: 'key' }, publicKey, actor);
  return made?.id ?? '';
}
const drain = (channelId: string, isDraining = true) => setChannelDraining(db.prisma, { channelId, isDraining }, actor);
const listed = async (id: string) => (await listChannels(db.prisma)).find((channel) => channel.id === id);
const served = async () => (await loadSnapshot(db.prisma, { sealingKey })).channels;
const acts = async (target: string) =>
  (await db.prisma.auditLog.findMany({ where: { target }, orderBy: { id: 'asc' } })).map(({ action }) => action);

test('a drained channel stays in the workers’ catalog, marked, and everybody who drained it is in the audit log', async () => {
  const id = await create('a');
  await drain(id);
  await drain(id);
  expect(await listed(id)).toMatchObject({ enabled: true, drainingSince: expect.any(Date) });
  expect(await served()).toMatchObject([{ id, isDraining: true }]);
  await drain(id, false);
  expect(await listed(id)).toMatchObject({ drainingSince: null });
  expect(await served()).toMatchObject([{ id, isDraining: false }]);
  expect(await acts(id)).toEqual(['channel.create', 'channel.drain', 'channel.undrain']);
});

test('models that only a drained channel serves are shown as served by nobody', async () => {
  const id = await create('a');
  const spoken = async () =>
    (await listOffer(db.prisma, new Date())).models.find((model) => model.id === 'claude-sonnet-4-6')?.protocols;
  expect(await spoken()).toEqual(['anthropic-messages']);
  await drain(id);
  expect(await spoken()).toEqual([]);
});

test('switching off, on, and adding anew under the same name end a draining', async () => {
  const id = await create('a');
  await drain(id);
  await setChannelEnabled(db.prisma, id, false, actor);
  await expect(drain(id)).rejects.toMatchObject({ code: 'channel_is_off' });
  await setChannelEnabled(db.prisma, id, true, actor);
  expect(await listed(id)).toMatchObject({ enabled: true, drainingSince: null });
  await drain(id);
  await deleteChannel(db.prisma, id, actor);
  await expect(drain(id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await create('a')).toBe(id);
  expect(await listed(id)).toMatchObject({ drainingSince: null });
});

test('a channel of the configuration file is drained too, and stays so when the file is applied again', async () => {
  const file = 'channels: [{ name: filed, preset: anthropic, apiKey: key }]';
  const apply = () =>
    applyConfig(db.prisma, parseConfig(file, 'bridge.yaml', {}), { fileName: 'bridge.yaml', sealingKey, env: {} });
  await apply();
  const id = (await served())[0]?.id ?? '';
  await drain(id);
  await apply();
  expect(await listed(id)).toMatchObject({ origin: 'config', drainingSince: expect.any(Date) });
});

test('the demo is not drained', async () => {
  const demo = await ensureDemoChannel(db.prisma, { baseUrl: 'http://127.0.0.1:1' });
  await expect(drain(demo)).rejects.toMatchObject({ code: 'channel_is_demo' });
});
