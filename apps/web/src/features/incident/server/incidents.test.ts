import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';
import { listIncidents } from './read-incidents.ts';

let db: TestDatabase;
let world: World;
beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
});
beforeEach(async () => {
  await db.prisma.incidentUpdate.deleteMany();
  await db.prisma.incident.deleteMany();
});
afterAll(() => db.drop());

const both = { zh: '标题', en: 'Title' };
const about = { title: both, text: both, models: [] as string[], providers: [] as string[] };
const desk = async () => createCaller(await world.personWith({ staffRole: 'support' })).incident;
const open = async (over: Partial<typeof about> = {}) =>
  (await desk()).open({ ...about, ...over, state: 'investigating', startedAt: new Date() });

test('an incident goes on by its updates until it is resolved, and is closed then', async () => {
  const incident = await desk();
  const { id } = await open();
  await incident.update({ id, state: 'monitoring', text: both });
  await incident.update({ id, state: 'resolved', text: both });
  const told = await incident.read({ id });
  expect(told).toMatchObject({ state: 'resolved', resolvedAt: expect.any(Date) });
  expect(told.updates.map(({ state }) => state)).toEqual(['resolved', 'monitoring', 'investigating']);
  await expect(incident.update({ id, state: 'identified', text: both })).rejects.toMatchObject({
    message: 'incident_closed',
  });
  await expect(incident.update({ id: 'inc_none', state: 'identified', text: both })).rejects.toMatchObject({
    message: 'not_found',
  });
});

test('everyone reads it with the status: open ones first, resolved ones for 90 days', async () => {
  const now = new Date();
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const row = (id: string, resolvedDaysAgo?: number) => ({
    ...{ id, titleEn: id, startedAt: daysAgo((resolvedDaysAgo ?? 0) + 1) },
    ...(resolvedDaysAgo === undefined
      ? { state: 'identified' }
      : { state: 'resolved', resolvedAt: daysAgo(resolvedDaysAgo) }),
  });
  await db.prisma.incident.createMany({ data: [row('old', 91), row('week', 7), row('open'), row('month', 30)] });
  expect((await listIncidents(db.prisma, now)).map(({ id }) => id)).toEqual(['open', 'week', 'month']);
  const report = await world.deps.status.read();
  expect(report.incidents.map(({ id }) => id)).toEqual(['open', 'week', 'month']);
});

test('it touches the organizations that used its models in the last 7 days, and no other', async () => {
  await db.prisma.model.upsert({
    where: { id: 'm' },
    create: { id: 'm', provider: 'openai', displayName: 'M' },
    update: {},
  });
  const touched = async () => {
    const caller = createCaller(await world.personWith({ organizationRole: 'viewer' }));
    return (await caller.incident.touching({})).map(({ models, providers }) => [...models, ...providers].join());
  };
  await open({ models: ['another'] });
  expect(await touched()).toEqual([]);
  // The organization under test has one request of today, for the model m.
  await open({ models: ['m'] });
  await open({ providers: ['openai'] });
  await open();
  expect((await touched()).sort()).toEqual(['', 'm', 'openai']);
  await db.prisma.usageDaily.updateMany({ data: { day: new Date(Date.now() - 8 * 86_400_000) } });
  expect(await touched()).toEqual(['']);
});
