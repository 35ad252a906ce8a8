import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWelcomeSkips, setWelcomeSkip } from './welcome-skips.ts';

const actor = { kind: 'console', userId: 'usr_1' } as const;
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test('a step is passed over and taken up again, each once in the audit log', async () => {
  const skip = (isSkipped: boolean) => setWelcomeSkip(db.prisma, { step: 'mail', isSkipped }, actor);
  await skip(true);
  await skip(true);
  await setWelcomeSkip(db.prisma, { step: 'all', isSkipped: true }, actor);
  expect([...(await readWelcomeSkips(db.prisma))]).toEqual(['mail', 'all']);
  await skip(false);
  await skip(false);
  expect([...(await readWelcomeSkips(db.prisma))]).toEqual(['all']);
  const written = await db.prisma.auditLog.findMany({ where: { target: 'mail' }, orderBy: { id: 'asc' } });
  expect(written.map(({ action }) => action)).toEqual(['welcome.skip', 'welcome.resume']);
});
