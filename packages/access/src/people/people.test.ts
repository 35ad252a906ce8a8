import { signUpLimits } from '@ai-bridge/domain';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decoyPasswordHash, hashPassword, needsRehash, verifyPassword } from './password.ts';
import { findSession, listSessions, openSession, revokeSession, revokeSessions } from './sessions.ts';
import { setStaffRole } from './staff.ts';
import { authenticateUser, registerUser } from './users.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const password = 'correct horse';
let people = 0;
const register = (name = 'Ada') => registerUser(db.prisma, { email: `p${++people}@example.com`, name, password });

test('a password verifies against its hash and no other, whatever its Unicode form', async () => {
  const made = await hashPassword('pässwörd €');
  expect(await verifyPassword(made, 'pa\u0308sswo\u0308rd €')).toBe(true);
  expect(await verifyPassword(made, 'passwörd €')).toBe(false);
  expect(await verifyPassword('not a hash', 'pässwörd €')).toBe(false);
});

test('passwords below 8 and above 256 characters are refused', async () => {
  await expect(hashPassword('1234567')).rejects.toMatchObject({ code: 'password_invalid' });
  await expect(hashPassword('x'.repeat(257))).rejects.toMatchObject({ code: 'password_invalid' });
});

test('the decoy costs as much as a real hash', async () => {
  expect(needsRehash(decoyPasswordHash)).toBe(false);
  expect(await verifyPassword(decoyPasswordHash, '')).toBe(false);
});

test('what else belongs to a registration is done with it, or neither is', async () => {
  const person = { name: 'Ada', password };
  const made: string[] = [];
  const also = async (_: unknown, { organizationId }: { organizationId: string }) => void made.push(organizationId);
  const { organizationId } = await registerUser(db.prisma, { ...person, email: 'also@example.com', also });
  expect(made).toEqual([organizationId]);
  const broken = { email: 'broken@example.com', also: () => Promise.reject(new Error('the ledger is away')) };
  await expect(registerUser(db.prisma, { ...person, ...broken })).rejects.toThrow('the ledger is away');
  expect(await db.prisma.user.count({ where: { email: 'broken@example.com' } })).toBe(0);
});

test('registering makes a user who owns an organization with the caps it was given, told in the audit log', async () => {
  const { userId, organizationId } = await registerUser(db.prisma, {
    limits: signUpLimits,
    email: ' Ada@Example.COM ',
    name: ' Ada ',
    password,
    locale: 'zh',
  });
  const member = await db.prisma.member.findFirst({ where: { userId }, include: { user: true, organization: true } });
  expect(member).toMatchObject({
    role: 'owner',
    organizationId,
    organization: { name: 'Ada', status: 'active', limits: signUpLimits },
  });
  expect(member?.user).toMatchObject({ email: 'ada@example.com', name: 'Ada', locale: 'zh', staffRole: null });
  const actions = await db.prisma.auditLog.findMany({ where: { target: { in: [userId, organizationId] } } });
  expect(actions.map(({ action }) => action).sort()).toEqual(['organization.create', 'user.create']);
});

test('an address is taken once, also when two register it at the same time, and the loser leaves no rows', async () => {
  const email = 'race@example.com';
  const before = await db.prisma.organization.count();
  const results = await Promise.allSettled([
    registerUser(db.prisma, { email, name: 'One', password }),
    registerUser(db.prisma, { email: 'RACE@example.com', name: 'Two', password }),
  ]);
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
  expect(refused).toEqual(['email_taken']);
  expect(await db.prisma.organization.count()).toBe(before + 1);
});

test('the right password signs in; wrong, unknown, malformed and suspended do not', async () => {
  const { userId } = await register();
  const email = `P${people}@example.com`;
  expect((await authenticateUser(db.prisma, { email, password }))?.id).toBe(userId);
  expect(await authenticateUser(db.prisma, { email, password: 'wrong horse' })).toBeUndefined();
  expect(await authenticateUser(db.prisma, { email: 'nobody@example.com', password })).toBeUndefined();
  expect(await authenticateUser(db.prisma, { email: 'not an address', password })).toBeUndefined();
  await db.prisma.user.update({ where: { id: userId }, data: { status: 'suspended' } });
  expect(await authenticateUser(db.prisma, { email, password })).toBeUndefined();
});

test('a hash made with weaker parameters is renewed by signing in', async () => {
  const { userId } = await register();
  const weak = await hash(password, { memoryCost: 8_192, timeCost: 1 });
  await db.prisma.user.update({ where: { id: userId }, data: { passwordHash: weak } });
  await authenticateUser(db.prisma, { email: `p${people}@example.com`, password });
  const renewed = (await db.prisma.user.findUniqueOrThrow({ where: { id: userId } })).passwordHash;
  expect(needsRehash(renewed!)).toBe(false);
  expect(await verifyPassword(renewed!, password)).toBe(true);
});

const hours = (count: number) => count * 60 * 60 * 1000;

test('a session ends after 12 hours without use and after 7 days with use', async () => {
  const { userId, organizationId } = await register();
  const start = new Date();
  const at = (ms: number) => new Date(start.getTime() + ms);
  const idle = await openSession(db.prisma, { userId, now: start });
  expect(await findSession(db.prisma, idle.sessionId, at(hours(12)))).toBeUndefined();
  const { sessionId } = await openSession(db.prisma, { userId, now: start });
  for (let hour = 11; hour < 168; hour += 11) {
    const found = await findSession(db.prisma, sessionId, at(hours(hour)));
    expect(found?.memberships).toMatchObject([{ organizationId, role: 'owner', organizationSuspended: false }]);
  }
  expect(await findSession(db.prisma, sessionId, at(hours(168)))).toBeUndefined();
});

test('being seen is written at most once a minute', async () => {
  const { userId } = await register();
  const start = new Date();
  const { sessionId } = await openSession(db.prisma, { userId, now: start });
  const lastSeen = async () => (await db.prisma.session.findUniqueOrThrow({ where: { id: sessionId } })).lastSeenAt;
  await findSession(db.prisma, sessionId, new Date(start.getTime() + 59_000));
  expect(await lastSeen()).toEqual(start);
  await findSession(db.prisma, sessionId, new Date(start.getTime() + 60_000));
  expect(await lastSeen()).toEqual(new Date(start.getTime() + 60_000));
});

test('revoked sessions and those of a suspended user are gone; others stay', async () => {
  const { userId } = await register();
  const [a, b, c] = await Promise.all([1, 2, 3].map(() => openSession(db.prisma, { userId })));
  const stranger = await register();
  expect(await revokeSession(db.prisma, { userId: stranger.userId, sessionId: a!.sessionId })).toBe(false);
  expect(await revokeSession(db.prisma, { userId, sessionId: a!.sessionId })).toBe(true);
  expect(await findSession(db.prisma, a!.sessionId)).toBeUndefined();
  expect(await revokeSessions(db.prisma, { userId, exceptSessionId: b!.sessionId })).toBe(1);
  expect(await findSession(db.prisma, c!.sessionId)).toBeUndefined();
  expect((await listSessions(db.prisma, { userId })).map(({ sessionId }) => sessionId)).toEqual([b!.sessionId]);
  await db.prisma.user.update({ where: { id: userId }, data: { status: 'suspended' } });
  expect(await findSession(db.prisma, b!.sessionId)).toBeUndefined();
});

test('a role change is seen by the next look at the session', async () => {
  const { userId } = await register();
  const { sessionId } = await openSession(db.prisma, { userId });
  await setStaffRole(db.prisma, { userId, staffRole: 'support' });
  expect((await findSession(db.prisma, sessionId))?.user.staffRole).toBe('support');
  await setStaffRole(db.prisma, { userId, staffRole: null });
  expect((await findSession(db.prisma, sessionId))?.user.staffRole).toBeUndefined();
});

test('two administrators who demote each other at once leave one', async () => {
  const [one, two] = [await register(), await register()];
  await setStaffRole(db.prisma, { userId: one.userId, staffRole: 'administrator' });
  await setStaffRole(db.prisma, { userId: two.userId, staffRole: 'administrator' });
  const results = await Promise.allSettled([
    setStaffRole(db.prisma, { userId: one.userId, staffRole: null }),
    setStaffRole(db.prisma, { userId: two.userId, staffRole: null }),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await db.prisma.user.count({ where: { staffRole: 'administrator' } })).toBe(1);
});
