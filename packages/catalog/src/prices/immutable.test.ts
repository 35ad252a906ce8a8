import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedCatalog } from '../seed/seed-catalog.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await seedCatalog(db.prisma);
});
afterAll(() => db.drop());

test.each(['UPDATE price SET input = 1', 'DELETE FROM price', 'TRUNCATE price'])(
  '%s is refused: prices are immutable',
  async (statement) => {
    const [before] = await db.database.query('SELECT count(*)::int AS count, sum(input)::text AS sum FROM price');
    await expect(db.database.query(statement)).rejects.toMatchObject({ message: expect.stringContaining('immutable') });
    expect((await db.database.query('SELECT count(*)::int AS count, sum(input)::text AS sum FROM price'))[0]).toEqual(
      before,
    );
  },
);
