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

const callerOf = async (staffRole: 'operator' | 'administrator' | 'auditor') =>
  createCaller(await world.personWith({ staffRole })).operations;
const read = async (staffRole: 'operator' | 'administrator' | 'auditor') => (await callerOf(staffRole)).read();

test('one reading has everything: an hour of minutes, workers, what fails, and what the site stands on', async () => {
  await db.database.query(`INSERT INTO worker (id, address) VALUES ('wrk_1', '10.0.0.1:3001')`);
  const operations = await read('administrator');
  expect(operations.minutes).toHaveLength(60);
  expect(operations.workers).toMatchObject([{ id: 'wrk_1', state: 'serving', report: null }]);
  expect(operations.postgres).toMatchObject({ version: expect.stringMatching(/^\d+/) });
  expect(operations.postgres.connections).toBeGreaterThan(0);
  expect(operations.postgres.maxConnections).toBeGreaterThan(operations.postgres.connections);
  expect(operations.postgres.sizeBytes).toBeGreaterThan(0n);
  expect(operations.mail).toMatchObject({ hasSmtp: false, failed: 0 });
  expect(operations.money).toMatchObject({ openAlarms: expect.any(Number) });
});

test('an operator sees how the site does, and not what it earns', async () => {
  expect((await read('operator')).money).toBeNull();
  expect((await read('auditor')).money).not.toBeNull();
});

test('however many look at once, the database is asked once', async () => {
  const callers = await Promise.all([callerOf('administrator'), callerOf('auditor'), callerOf('operator')]);
  const readings = await Promise.all(callers.map((caller) => caller.read()));
  expect(new Set(readings.map(({ workers }) => workers)).size).toBe(1);
});
