import { systemClock } from '@ai-bridge/domain';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { pinObject } from '@ai-bridge/usage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetOldPins } from './forget-pins.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test('pins of responses go when upstreams have forgotten them; files and what is young stay', async () => {
  const pin = async (kind: string, id: string, days: number, isDeleted = false) => {
    await pinObject(db.database, { organizationId: 'org_a', kind, id, channelId: 'chn_1', apiKeyId: 'key_a' });
    await db.database.query(
      `UPDATE upstream_object SET created_at = now() - make_interval(days => $2), deleted_at = CASE WHEN $3 THEN now() END
       WHERE id = $1`,
      [id, days, isDeleted],
    );
  };
  await pin('response', 'old-response', 40);
  await pin('response', 'young-response', 30);
  await pin('file', 'old-file', 400);
  await pin('file', 'deleted-file', 40, true);
  await pin('batch', 'old-batch', 400);
  await forgetOldPins({ database: db.database, clock: systemClock }, new AbortController().signal);
  const left = await db.database.query<{ id: string }>('SELECT id FROM upstream_object ORDER BY id');
  expect(left.map(({ id }) => id)).toEqual(['old-batch', 'old-file', 'young-response']);
});
