import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '#server/world.fixture.ts';
import { readOverview } from './read-overview.ts';

let db: TestDatabase;
let world: World;
beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
});
afterAll(() => db.drop());

test('the whole overview costs three statements, however much there is', async () => {
  const { deps, own } = world;
  let statements = 0;
  const counting = <Target extends object>(target: Target, isStatement: (name: string) => boolean): Target =>
    new Proxy(target, {
      get(from, name) {
        const value = Reflect.get(from, name);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          if (isStatement(String(name))) statements++;
          return value.apply(from, given);
        };
      },
    });
  const apiKey = counting(deps.prisma.apiKey, () => true);
  const prisma = new Proxy(deps.prisma, {
    get: (from, name) => (name === 'apiKey' ? apiKey : Reflect.get(from, name)),
  });
  const database = counting(deps.database, (name) => name === 'query');
  const overview = await readOverview({ ...deps, database, prisma }, own.organizationId);
  expect(statements).toBe(3);
  expect(overview.steps).toMatchObject({ hasKey: true, hasRequest: true });
  expect(overview.figures.month.requests).toBeGreaterThan(0n);
});

test('steps tick one after another: key, then the first request', async () => {
  const { deps } = world;
  const id = 'org_newcomer';
  await deps.prisma.organization.create({ data: { id, name: 'New' } });
  const steps = async () => (await readOverview(deps, id)).steps;
  expect(await steps()).toEqual({ hasCredit: false, hasKey: false, hasRequest: false });
  const digest = Buffer.from('digest of a newcomer');
  const key = { id: 'key_newcomer', organizationId: id, name: 'k', digest, prefix: 'ab-', last4: 'last' };
  await deps.prisma.apiKey.create({ data: key });
  expect(await steps()).toEqual({ hasCredit: false, hasKey: true, hasRequest: false });
  await deps.prisma.apiKey.update({ where: { id: key.id }, data: { lastUsedAt: new Date() } });
  expect((await steps()).hasRequest).toBe(true);
});
