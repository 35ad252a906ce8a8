import { can, staffRoles } from '@ai-bridge/access';
import { newId } from '@ai-bridge/domain';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';
import { maxViewNameLength, maxViews } from '../saved-view.ts';
import { permissionOf, viewPages } from '../view-pages.ts';

let db: TestDatabase;
let world: World;
beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
});
afterAll(() => db.drop());

const views = async () => createCaller(await world.personWith({ staffRole: 'support' })).savedView;
const paid = { page: 'orders', name: 'Paid', query: { state: 'paid' }, opensFirst: false } as const;

test('each role keeps views of exactly those lists that it may open', async () => {
  for (const staffRole of staffRoles) {
    const { savedView } = createCaller(await world.personWith({ staffRole }));
    for (const page of viewPages) {
      const query = {
        refunds: { part: 'ended' },
        orders: paid.query,
        customers: { part: 'new' },
        audit: { part: 'keys' },
      };
      const view = { page, name: 'Mine', query: query[page], opensFirst: true };
      if (can({ staffRole }, permissionOf(page))) {
        const { id } = await savedView.keep(view);
        expect(await savedView.list({ page }), `${staffRole} ${page}`).toEqual([
          { id, name: 'Mine', query: query[page], opensFirst: true },
        ]);
      } else {
        await expect(savedView.keep(view)).rejects.toMatchObject({ code: 'FORBIDDEN' });
        await expect(savedView.list({ page })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      }
    }
  }
  const { savedView } = createCaller(await world.personWith({ organizationRole: 'owner' }));
  await expect(savedView.keep(paid)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('another person’s views are neither seen nor changed nor deleted, and their names are free', async () => {
  const [mine, theirs] = [await views(), await views()];
  const { id } = await theirs.keep({ ...paid, opensFirst: true });
  expect(await mine.list({ page: 'orders' })).toEqual([]);
  await expect(mine.change({ id, name: 'Taken over' })).rejects.toMatchObject({ message: 'not_found' });
  await expect(mine.change({ id, opensFirst: false })).rejects.toMatchObject({ message: 'not_found' });
  await expect(mine.delete({ id })).rejects.toMatchObject({ message: 'not_found' });
  await mine.keep({ ...paid, opensFirst: true });
  expect(await theirs.list({ page: 'orders' })).toEqual([{ id, name: 'Paid', query: paid.query, opensFirst: true }]);
});

test('a view is renamed and deleted, and a name stands for one view of a page', async () => {
  const own = await views();
  const { id } = await own.keep(paid);
  await expect(own.keep({ ...paid, name: ' Paid ' })).rejects.toMatchObject({ message: 'view_name_taken' });
  const other = await own.keep({ ...paid, name: 'Other' });
  await own.keep({ ...paid, page: 'customers', query: { part: 'new' } });
  await expect(own.change({ id: other.id, name: 'Paid' })).rejects.toMatchObject({ message: 'view_name_taken' });
  await own.change({ id, name: 'Paid' });
  await own.change({ id, name: ' Settled ' });
  expect((await own.list({ page: 'orders' })).map(({ name }) => name)).toEqual(['Other', 'Settled']);
  await own.delete({ id });
  expect((await own.list({ page: 'orders' })).map(({ name }) => name)).toEqual(['Other']);
  await expect(own.delete({ id })).rejects.toMatchObject({ message: 'not_found' });
  expect(await own.list({ page: 'customers' })).toHaveLength(1);
});

test('of one page’s views one at most opens first, also where two are marked at once', async () => {
  const own = await views();
  const first = await own.keep({ ...paid, opensFirst: true });
  const second = await own.keep({ ...paid, name: 'Second', opensFirst: true });
  const opening = async () =>
    (await own.list({ page: 'orders' })).filter((view) => view.opensFirst).map(({ id }) => id);
  expect(await opening()).toEqual([second.id]);
  await Promise.all([first, second].map(({ id }) => own.change({ id, opensFirst: true })));
  expect(await opening()).toHaveLength(1);
  await own.change({ id: first.id, opensFirst: true });
  await own.change({ id: first.id, name: 'Renamed' });
  expect(await opening()).toEqual([first.id]);
  await own.change({ id: first.id, opensFirst: false });
  expect(await opening()).toEqual([]);
});

test('filters that the page does not know, names that are none or too long, are refused or left out', async () => {
  const own = await views();
  const refused = { code: 'BAD_REQUEST' };
  for (const query of [{}, { next: 'https://example.com' }, { state: 'never' }, { search: 'x'.repeat(255) }])
    await expect(own.keep({ ...paid, query }), JSON.stringify(query)).rejects.toMatchObject(refused);
  for (const name of [' ', 'x'.repeat(maxViewNameLength + 1)])
    await expect(own.keep({ ...paid, name })).rejects.toMatchObject(refused);
  expect(await own.list({ page: 'orders' })).toEqual([]);
  await own.keep({ ...paid, query: { state: 'paid', next: '//example.com' } });
  expect(await own.list({ page: 'orders' })).toMatchObject([{ query: { state: 'paid' } }]);
});

test('a stored view that the page does not know any more is left out', async () => {
  const person = await world.personWith({ staffRole: 'support' });
  const userId = person.session?.user.id ?? '';
  const row = { userId, page: 'orders', opensFirst: true, createdAt: new Date() };
  await db.prisma.savedView.create({ data: { ...row, id: newId('vew'), name: 'Gone', query: { state: 'was_once' } } });
  expect(await createCaller(person).savedView.list({ page: 'orders' })).toEqual([]);
});

test('no more are kept than anybody would look through, also where several are kept at once', async () => {
  const own = await views();
  for (let at = 2; at < maxViews; at++) await own.keep({ ...paid, name: `View ${at}` });
  const last = await Promise.allSettled(['a', 'b', 'c', 'd'].map((name) => own.keep({ ...paid, name })));
  expect(last.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  for (const end of last)
    if (end.status === 'rejected') expect(end.reason).toMatchObject({ message: 'view_limit_reached' });
  expect(await own.list({ page: 'orders' })).toHaveLength(maxViews);
  await own.keep({ ...paid, page: 'refunds', query: { part: 'ended' } });
});
