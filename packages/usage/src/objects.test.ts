import { sqlOf } from '@ai-bridge/db';
import { createTestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findPin, findPins, forgetPins, listPins, type NewPin, pinObject, pinObjects, unpin } from './objects.ts';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() => db.database.query('TRUNCATE upstream_object'));

function pin(change: Partial<NewPin> = {}): NewPin {
  return { organizationId: 'org_a', kind: 'file', id: 'file-1', channelId: 'chn_1', apiKeyId: 'key_a', ...change };
}
const name = { organizationId: 'org_a', kind: 'file', id: 'file-1' };

test('an object is found with all that was pinned, also through a Prisma session', async () => {
  await pinObject(db.database, pin({ model: 'gpt-5' }));
  const found = await findPin(db.database, name);
  expect(found).toEqual({ ...pin({ model: 'gpt-5' }), createdAt: expect.any(Date) });
  expect(await findPin(sqlOf(db.prisma), name)).toEqual(found);
});

test("another organization's object, and one of another kind, is not there", async () => {
  await pinObject(db.database, pin());
  expect(await findPin(db.database, { ...name, organizationId: 'org_b' })).toBeUndefined();
  expect(await findPin(db.database, { ...name, kind: 'batch' })).toBeUndefined();
  expect(await unpin(db.database, { ...name, organizationId: 'org_b' })).toBe(false);
  expect(await findPin(db.database, name)).toBeDefined();
});

test('one id in two organizations is two objects', async () => {
  await pinObjects(db.database, [pin(), pin({ organizationId: 'org_b', channelId: 'chn_2' })]);
  expect((await findPin(db.database, name))?.channelId).toBe('chn_1');
  expect((await findPin(db.database, { ...name, organizationId: 'org_b' }))?.channelId).toBe('chn_2');
});

test('pinning again changes nothing, in one batch, in many and at the same time', async () => {
  await pinObject(db.database, pin());
  const first = await findPin(db.database, name);
  const batch = [pin({ apiKeyId: 'key_b' }), pin({ apiKeyId: 'key_c' }), pin({ id: 'file-2' })];
  await Promise.all(Array.from({ length: 8 }, () => pinObjects(db.database, batch)));
  expect(await findPin(db.database, name)).toEqual(first);
  expect((await listPins(db.database, { organizationId: 'org_a', kind: 'file', limit: 10 })).pins).toHaveLength(2);
});

test('an id that another channel uses again, or that was deleted, is a new object', async () => {
  await pinObject(db.database, pin());
  await pinObject(db.database, pin({ channelId: 'chn_2', apiKeyId: 'key_b' }));
  expect(await findPin(db.database, name)).toMatchObject({ channelId: 'chn_2', apiKeyId: 'key_b' });
  expect(await unpin(db.database, name)).toBe(true);
  expect(await unpin(db.database, name)).toBe(false);
  expect(await findPin(db.database, name)).toBeUndefined();
  await pinObject(db.database, pin({ channelId: 'chn_2' }));
  expect(await findPin(db.database, name)).toMatchObject({ channelId: 'chn_2' });
});

test('of several objects those are found that are the organization’s own', async () => {
  await pinObjects(db.database, [
    pin(),
    pin({ kind: 'response', id: 'resp_1' }),
    pin({ organizationId: 'org_b', id: 'file-9' }),
    // A file's id asked for as a batch must not be found by its halves.
    pin({ kind: 'batch', id: 'batch_1' }),
  ]);
  const objects = [
    { kind: 'file', id: 'file-1' },
    { kind: 'response', id: 'resp_1' },
    { kind: 'file', id: 'file-9' },
    { kind: 'file', id: 'batch_1' },
  ];
  const found = await findPins(db.database, { organizationId: 'org_a', objects });
  expect(found.map(({ id }) => id).sort()).toEqual(['file-1', 'resp_1']);
  expect(await findPins(db.database, { organizationId: 'org_a', objects: [] })).toEqual([]);
});

test('pages walk every object once, newest first, also among equal times, past one that was deleted meanwhile', async () => {
  const ids = Array.from({ length: 25 }, (_, index) => `file-${String(index).padStart(2, '0')}`);
  // One statement, so all have the same time; a few older ones before it.
  await pinObjects(db.database, [pin({ id: 'old-1' }), pin({ id: 'old-2' })]);
  await db.database.query(`UPDATE upstream_object SET created_at = '2026-01-01Z'`);
  await pinObjects(db.database, [
    ...ids.map((id) => pin({ id })),
    pin({ kind: 'batch', id: 'batch_1' }),
    pin({ organizationId: 'org_b', id: 'file-x' }),
  ]);
  const seen: string[] = [];
  let after: string | undefined;
  for (let hasMore = true; hasMore; ) {
    const page = await listPins(db.database, { organizationId: 'org_a', kind: 'file', after, limit: 10 });
    seen.push(...page.pins.map(({ id }) => id));
    hasMore = page.hasMore;
    after = seen.at(-1);
    await unpin(db.database, { ...name, id: after ?? '' });
  }
  expect(seen).toEqual([...ids.reverse(), 'old-2', 'old-1']);
});

test('a page after an object that is unknown, or of another organization, is empty', async () => {
  await pinObjects(db.database, [pin(), pin({ organizationId: 'org_b', id: 'file-9' })]);
  for (const after of ['file-unknown', 'file-9']) {
    const page = await listPins(db.database, { organizationId: 'org_a', kind: 'file', after, limit: 10 });
    expect(page).toEqual({ pins: [], hasMore: false });
  }
});

test('old pins are forgotten: those of kinds that expire, and deleted ones, in bounded numbers', async () => {
  const responses = Array.from({ length: 5 }, (_, index) => pin({ kind: 'response', id: `resp_${index}` }));
  await pinObjects(db.database, [...responses, pin(), pin({ id: 'file-gone' })]);
  await unpin(db.database, { ...name, id: 'file-gone' });
  await db.database.query(`UPDATE upstream_object SET created_at = '2026-01-01Z'`);
  await pinObject(db.database, pin({ kind: 'response', id: 'resp_new' }));
  const forget = () =>
    forgetPins(db.database, { kinds: ['response'], createdBefore: new Date('2026-02-01'), limit: 4 });
  expect([await forget(), await forget(), await forget()]).toEqual([4, 2, 0]);
  const left = await db.database.query('SELECT id FROM upstream_object ORDER BY id');
  expect(left).toEqual([{ id: 'file-1' }, { id: 'resp_new' }]);
});
