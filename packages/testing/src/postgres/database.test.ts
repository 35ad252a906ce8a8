import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTestDatabase } from './database.ts';

test('work that nobody waits for finds its database as long as it is under way', async () => {
  const db = await createTestDatabase(1);
  const work = sleep(50).then(() => db.prisma.user.count());
  db.beforeDrop(() => work.then(() => undefined));
  await db.drop();
  expect(await work).toBe(0);
});
