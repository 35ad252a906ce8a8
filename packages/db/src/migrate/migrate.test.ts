import { fileURLToPath } from 'node:url';
import { createTestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployMigrations, prismaFolder, schemaDrift } from './index.ts';

const folder = prismaFolder(fileURLToPath(new URL('../../../..', import.meta.url)));
let db: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test('the migrations make exactly what the Prisma schema says', async () => {
  expect(await schemaDrift(db.url, folder)).toBe('');
});

test('deploying a migrated database again applies nothing', async () => {
  expect(await deployMigrations(db.url, folder)).toEqual([]);
});
