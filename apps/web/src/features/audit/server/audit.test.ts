import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditPages } from './audit-file.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test('the file has every row of the log once, over pages, newest first', async () => {
  await db.database.query(
    `INSERT INTO audit_log (actor_kind, action, target) SELECT 'system', 'setting.change', n::text FROM generate_series(1, 1203) n`,
    [],
  );
  const targets: unknown[] = [];
  for await (const page of auditPages(db.database, { text: '' })) targets.push(...page.map((cells) => cells[6]));
  expect(targets).toEqual(Array.from({ length: 1203 }, (_, at) => String(1203 - at)));
});
