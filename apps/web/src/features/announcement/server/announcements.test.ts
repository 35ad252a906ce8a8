import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';
import { type Audience, audiencesOf } from '../announcement.ts';
import { readDismissed } from '../dismissed.ts';
import { findPublished, listPinned, listPublished } from './published.ts';

let db: TestDatabase;
let world: World;
beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
});
beforeEach(async () => {
  await db.prisma.announcement.deleteMany();
});
afterAll(() => db.drop());

const now = new Date('2026-11-22T00:00:00Z');
const hour = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const content = {
  ...{ title: { zh: '标题', en: 'Title' }, body: { zh: '正文', en: 'Body' }, isPinned: false },
  ...{ audience: 'everyone' as Audience, importance: 'notice' as const, activeFrom: null, activeUntil: null },
};
const desk = async () => createCaller(await world.personWith({ staffRole: 'operator' })).announcement;
const readers = {
  anyone: { audiences: audiencesOf({ isSignedIn: false, isStaff: false }), now },
  customer: { audiences: audiencesOf({ isSignedIn: true, isStaff: false }), now },
  staff: { audiences: audiencesOf({ isSignedIn: true, isStaff: true }), now },
};

test('a draft is seen by nobody until it is published, and by nobody once it is withdrawn', async () => {
  const announcement = await desk();
  const { id } = await announcement.create(content);
  const isSeen = async () => (await findPublished(db.prisma, id, readers.staff)) !== undefined;
  expect(await isSeen()).toBe(false);
  await announcement.publish({ id });
  expect(await isSeen()).toBe(true);
  await announcement.withdraw({ id });
  expect(await isSeen()).toBe(false);
  const rows = await db.prisma.auditLog.findMany({ where: { target: id }, orderBy: { id: 'asc' } });
  expect(rows.map(({ action }) => action)).toEqual([
    'announcement.create',
    'announcement.publish',
    'announcement.withdraw',
  ]);
});

test('each reader sees what is for them', async () => {
  const announcement = await desk();
  for (const audience of ['everyone', 'customers', 'staff'] as const) {
    const { id } = await announcement.create({ ...content, audience, title: { zh: '字', en: audience } });
    await announcement.publish({ id });
  }
  const seenBy = async (reader: keyof typeof readers) =>
    (await listPublished(db.prisma, readers[reader])).map(({ title }) => title.en).sort();
  expect(await seenBy('anyone')).toEqual(['everyone']);
  expect(await seenBy('customer')).toEqual(['customers', 'everyone']);
  expect(await seenBy('staff')).toEqual(['customers', 'everyone', 'staff']);
});

test('it is shown from its beginning on and until its end, and as a banner only where it is pinned', async () => {
  const announcement = await desk();
  const times = { over: [hour(-2), hour(-1)], shown: [hour(-1), hour(1)], soon: [hour(1), hour(2)] } as const;
  for (const [name, [activeFrom, activeUntil]] of Object.entries(times)) {
    const { id } = await announcement.create({ ...content, activeFrom, activeUntil, title: { zh: '字', en: name } });
    await announcement.publish({ id });
  }
  expect((await listPublished(db.prisma, readers.anyone)).map(({ title }) => title.en)).toEqual(['shown']);
  expect(await listPinned(db.prisma, readers.anyone)).toEqual([]);
  const { id } = await announcement.create({ ...content, isPinned: true, importance: 'warning' });
  await announcement.publish({ id });
  expect((await listPinned(db.prisma, readers.anyone)).map((one) => one.id)).toEqual([id]);
});

test('nothing is published while a language on offer has no text, nor emptied while it is shown', async () => {
  const announcement = await desk();
  const half = { ...content, body: { zh: '', en: 'Body' } };
  const { id } = await announcement.create(half);
  await expect(announcement.publish({ id })).rejects.toMatchObject({ message: 'text_missing' });
  await announcement.update({ id, content });
  await announcement.publish({ id });
  await expect(announcement.update({ id, content: half })).rejects.toMatchObject({ message: 'text_missing' });
  const noTime = { ...content, activeFrom: hour(1), activeUntil: hour(0) };
  await expect(announcement.update({ id, content: noTime })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('of the cookie only ids are taken, and not too many', () => {
  expect(readDismissed('ann_1.<script>.ann_2')).toEqual(['ann_1', 'ann_2']);
  expect(readDismissed(undefined)).toEqual([]);
  expect(readDismissed(Array.from({ length: 30 }, (_, index) => `ann_${index}`).join('.'))).toHaveLength(10);
});
