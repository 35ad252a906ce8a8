import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';

let db: TestDatabase;
let world: World;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
});
afterAll(() => db.drop());

const plan = {
  ...{ id: 'starter', displayName: 'Starter', tokens: 10_000_000n, bonusTokens: 500_000n, amountMinor: 990n },
  ...{ currency: 'usd', activeFrom: null, activeUntil: null, displayOrder: 1 },
};
const desk = async () => createCaller(await world.personWith({ staffRole: 'administrator' })).planDesk;

test('a plan is made, changed and taken off sale, each with its audit row, and an order keeps what it sold', async () => {
  const planDesk = await desk();
  await planDesk.create(plan);
  await expect(planDesk.create(plan)).rejects.toMatchObject({ message: 'plan_taken' });
  await planDesk.update({ ...plan, amountMinor: 1_190n, displayName: null });
  await planDesk.setEnabled({ id: 'starter', enabled: false });
  expect((await planDesk.list()).find(({ id }) => id === 'starter')).toMatchObject({
    ...{ amountMinor: 1_190n, displayName: null, enabled: false, origin: 'console', bonusTokens: 500_000n },
  });
  const rows = await db.prisma.auditLog.findMany({ where: { target: 'starter' }, orderBy: { id: 'asc' } });
  expect(rows.map(({ action }) => action)).toEqual(['plan.create', 'plan.update', 'plan.disable']);
});

test('a plan of the configuration file is shown and not changed', async () => {
  const planDesk = await desk();
  await db.prisma.plan.create({ data: { ...plan, id: 'of-file', origin: 'config' } });
  expect((await planDesk.list()).find(({ id }) => id === 'of-file')).toMatchObject({ origin: 'config' });
  for (const change of [
    () => planDesk.update({ ...plan, id: 'of-file' }),
    () => planDesk.setEnabled({ id: 'of-file', enabled: false }),
  ])
    await expect(change()).rejects.toMatchObject({ message: 'plan_owned_by_file', code: 'CONFLICT' });
  await expect(planDesk.update({ ...plan, id: 'never-was' })).rejects.toMatchObject({ message: 'not_found' });
});

test('what is no plan is refused: no tokens, no price, no currency, an end before the beginning', async () => {
  const planDesk = await desk();
  const wrong = [
    { tokens: 0n },
    { amountMinor: 0n },
    { bonusTokens: -1n },
    { currency: 'US$' },
    { id: 'No Spaces' },
    { activeFrom: new Date(2_000), activeUntil: new Date(1_000) },
  ];
  for (const part of wrong)
    await expect(planDesk.create({ ...plan, id: 'wrong', ...part })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(await db.prisma.plan.count({ where: { id: 'wrong' } })).toBe(0);
});
