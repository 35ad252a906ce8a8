import { openSession } from '@ai-bridge/access';
import { newId } from '@ai-bridge/domain';
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

type StaffRole = NonNullable<Parameters<World['personWith']>[0]['staffRole']>;
async function staff(staffRole: StaffRole) {
  const person = await world.personWith({ staffRole });
  return { desk: createCaller(person).person, userId: person.session!.user.id };
}

async function somebody(): Promise<string> {
  const id = newId('usr');
  await db.prisma.user.create({ data: { id, email: `${id}@example.com`, name: 'Somebody' } });
  return id;
}

const reason = 'asked by mail';

test('who is shut out is out at once on all devices, and comes back by signing in anew', async () => {
  const chief = await staff('administrator');
  const userId = await somebody();
  const { sessionId } = await openSession(db.prisma, { userId });
  expect(await world.deps.sessions.find(sessionId)).toBeDefined();
  await chief.desk.setSuspended({ userId, suspended: true, reason });
  expect(await world.deps.sessions.find(sessionId)).toBeUndefined();
  expect((await chief.desk.list({ part: 'suspended' })).people).toMatchObject([{ id: userId, isSuspended: true }]);
  await chief.desk.setSuspended({ userId, suspended: false, reason });
  world.deps.sessions.forgetAll();
  expect(await world.deps.sessions.find(sessionId)).toBeUndefined();
  const audit = await db.prisma.auditLog.findMany({ where: { target: userId, action: { startsWith: 'user.' } } });
  expect(audit.map(({ action, detail }) => [action, detail])).toEqual([
    ['user.suspend', { reason }],
    ['user.resume', { reason }],
  ]);
});

test('signing somebody out ends all their sessions, and a reset mails a link that nobody here sees', async () => {
  const support = await staff('support');
  const userId = await somebody();
  for (let device = 0; device < 3; device++) await openSession(db.prisma, { userId });
  expect(await support.desk.signOut({ userId, reason })).toEqual({ ended: 3 });
  expect(await support.desk.sendReset({ userId, reason })).toBeUndefined();
  const [mail] = await db.prisma.mail.findMany({ where: { toAddress: `${userId}@example.com` } });
  expect(mail).toMatchObject({ template: 'account-reset-password', isSensitive: true });
  expect(await db.prisma.ticket.count({ where: { userId, purpose: 'reset_password' } })).toBe(1);
  for (let sent = 1; sent < 5; sent++) await support.desk.sendReset({ userId, reason });
  await expect(support.desk.sendReset({ userId, reason })).rejects.toMatchObject({ message: 'too_many_attempts' });
});

test('nobody acts on themselves, and others of the staff are for who manages staff', async () => {
  const [support, chief] = [await staff('support'), await staff('administrator')];
  for (const act of [support.desk.signOut, support.desk.sendReset]) {
    await expect(act({ userId: support.userId, reason })).rejects.toMatchObject({ message: 'own_account' });
    await expect(act({ userId: chief.userId, reason })).rejects.toMatchObject({ message: 'forbidden' });
  }
  await expect(chief.desk.setSuspended({ userId: chief.userId, suspended: true, reason })).rejects.toMatchObject({
    message: 'own_account',
  });
  await expect(chief.desk.setStaffRole({ userId: chief.userId, staffRole: null, reason })).rejects.toMatchObject({
    message: 'own_account',
  });
  await expect(chief.desk.signOut({ userId: 'usr_unknown', reason })).rejects.toMatchObject({ message: 'not_found' });
});

test('roles are given and taken by administrators, and one of them stays', async () => {
  await db.prisma.user.updateMany({ where: { staffRole: 'administrator' }, data: { staffRole: null } });
  const [first, second] = [await staff('administrator'), await staff('administrator')];
  const userId = await somebody();
  await first.desk.setStaffRole({ userId, staffRole: 'finance', reason });
  expect((await first.desk.list({ part: 'staff' })).people.find(({ id }) => id === userId)).toMatchObject({
    staffRole: 'finance',
  });
  await first.desk.setStaffRole({ userId, staffRole: null, reason });
  await first.desk.setStaffRole({ userId: second.userId, staffRole: null, reason });
  for (const change of [
    () => second.desk.setStaffRole({ userId: first.userId, staffRole: null, reason }),
    () => second.desk.setSuspended({ userId: first.userId, suspended: true, reason }),
  ])
    await expect(change()).rejects.toMatchObject({ message: 'last_administrator' });
  const audit = await db.prisma.auditLog.findMany({ where: { target: userId, action: 'user.setStaffRole' } });
  expect(audit.map(({ detail }) => detail)).toEqual([
    { from: null, to: 'finance', reason },
    { from: 'finance', to: null, reason },
  ]);
});

test('people are found by how their e-mail begins or by their id, each once over all pages', async () => {
  const chief = await staff('administrator');
  const userId = await somebody();
  expect((await chief.desk.list({ search: userId })).people.map(({ id }) => id)).toEqual([userId]);
  expect((await chief.desk.list({ search: 'OWN@' })).people).toMatchObject([
    { email: 'own@example.com', isSelf: false, organizations: [{ id: world.own.organizationId, role: 'owner' }] },
  ]);
  await db.database.query(
    `INSERT INTO "user" (id, email, name, created_at) SELECT 'usr_many' || n, 'many' || n || '@example.com', 'Many', now() - (n / 3) * interval '1 hour'
     FROM generate_series(1, 120) n`,
  );
  const ids: string[] = [];
  let cursor: { at: Date; id: string } | undefined;
  do {
    const page = await chief.desk.list({ search: 'many', cursor });
    ids.push(...page.people.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  expect([ids.length, new Set(ids).size]).toEqual([120, 120]);
});
