import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type IdentityRules,
  listIdentities,
  type ProvenIdentity,
  unlinkIdentity,
  userOfIdentity,
} from './identities.ts';
import { hashPassword } from './password.ts';
import { changeEmail, isOwnPassword, setPassword, verifyEmail } from './profile.ts';
import { findSession, isFamiliarAddress, openSession } from './sessions.ts';
import { findTicket, forgetOldTickets, issueTicket, spendTicket, type TicketPurpose, ticketLifeMs } from './tickets.ts';
import { authenticateUser, registerUser } from './users.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const start = new Date('2026-11-27T10:00:00Z');
const password = 'correct horse';
const actor = { kind: 'console' } as const;
const use = { address: '10.0.0.1', now: start };
let people = 0;

async function person() {
  const email = `a${++people}@example.com`;
  return { email, ...(await registerUser(db.prisma, { email, name: 'Ada', password })) };
}

test('a ticket is good for its purpose, until it has run out, and once, also when many try at once', async () => {
  const { userId, email } = await person();
  for (const purpose of Object.keys(ticketLifeMs) as TicketPurpose[]) {
    const issue = () => issueTicket(db.prisma, { userId, purpose, email, now: start });
    const life = ticketLifeMs[purpose];
    const late = { purposes: [purpose], address: '', now: new Date(start.getTime() + life) };
    await expect(spendTicket(db.prisma, await issue(), late)).rejects.toMatchObject({ code: 'ticket_invalid' });
    const text = await issue();
    expect(text).toMatch(/^[\w-]{43}$/);
    const others = (Object.keys(ticketLifeMs) as TicketPurpose[]).filter((other) => other !== purpose);
    await expect(spendTicket(db.prisma, text, { ...use, purposes: others })).rejects.toMatchObject({
      code: 'ticket_invalid',
    });
    await findTicket(db.prisma, text, [purpose], start);
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => spendTicket(db.prisma, text, { ...use, purposes: [purpose] })),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(findTicket(db.prisma, text, [purpose], start)).rejects.toMatchObject({ code: 'ticket_invalid' });
    expect(JSON.stringify(await db.prisma.ticket.findMany({ where: { userId } }))).not.toContain(text);
  }
});

test('a newer ticket voids the one before, and old ones are forgotten', async () => {
  const { userId, email } = await person();
  const issue = () => issueTicket(db.prisma, { userId, purpose: 'reset_password', email, now: start });
  const [first, second] = [await issue(), await issue()];
  const purposes = ['reset_password'] as const;
  await expect(findTicket(db.prisma, first, purposes, start)).rejects.toMatchObject({ code: 'ticket_invalid' });
  expect(await findTicket(db.prisma, second, purposes, start)).toMatchObject({ userId, email });
  await forgetOldTickets(db.prisma, new Date(start.getTime() + 30 * 24 * 60 * 60_000));
  expect(await db.prisma.ticket.count({ where: { userId } })).toBe(0);
});

test('a new password ends all sessions but the one named, voids links, and is the one that signs in', async () => {
  const { userId, email } = await person();
  const [here, there] = [await openSession(db.prisma, { userId }), await openSession(db.prisma, { userId })];
  const link = await issueTicket(db.prisma, { userId, purpose: 'reset_password', email, now: start });
  const passwordHash = await hashPassword('another horse');
  const { sessionId: exceptSessionId } = here;
  await setPassword(db.prisma, { userId, passwordHash, exceptSessionId, now: start, actor });
  expect(await findSession(db.prisma, here.sessionId)).toBeDefined();
  expect(await findSession(db.prisma, there.sessionId)).toBeUndefined();
  await expect(findTicket(db.prisma, link, ['reset_password'], start)).rejects.toMatchObject({
    code: 'ticket_invalid',
  });
  expect(await isOwnPassword(db.prisma, userId, password)).toBe(false);
  expect(await isOwnPassword(db.prisma, userId, 'another horse')).toBe(true);
  expect((await authenticateUser(db.prisma, { email, password: 'another horse' }))?.id).toBe(userId);
});

test('only the address that a user has now is confirmed, and a changed one is confirmed and nobody else’s', async () => {
  const [ada, eve] = [await person(), await person()];
  const of = { userId: ada.userId, now: start, actor };
  expect(await verifyEmail(db.prisma, { ...of, email: 'former@example.com' })).toBe(false);
  const { sessionId } = await openSession(db.prisma, { userId: ada.userId });
  expect((await findSession(db.prisma, sessionId))?.user.isEmailVerified).toBe(false);
  expect(await verifyEmail(db.prisma, { ...of, email: ada.email })).toBe(true);
  expect((await findSession(db.prisma, sessionId))?.user.isEmailVerified).toBe(true);
  await expect(changeEmail(db.prisma, { ...of, email: eve.email })).rejects.toMatchObject({ code: 'email_taken' });
  await changeEmail(db.prisma, { ...of, email: 'new-ada@example.com' });
  expect((await findSession(db.prisma, sessionId))?.user).toMatchObject({
    email: 'new-ada@example.com',
    isEmailVerified: true,
  });
});

test('an address is familiar to an account that was signed in or reset from it, and to no other', async () => {
  const [ada, eve] = [await person(), await person()];
  await openSession(db.prisma, { userId: ada.userId, address: '10.1.1.1', now: start });
  const text = await issueTicket(db.prisma, {
    userId: ada.userId,
    purpose: 'reset_password',
    email: ada.email,
    now: start,
  });
  await spendTicket(db.prisma, text, { purposes: ['reset_password'], address: '10.1.1.2', now: start });
  const isFamiliar = (email: string, address: string, now = start) =>
    isFamiliarAddress(db.prisma, { email, address, now });
  expect(await isFamiliar(ada.email, '10.1.1.1')).toBe(true);
  expect(await isFamiliar(ada.email, '10.1.1.2')).toBe(true);
  expect(await isFamiliar(ada.email, '10.1.1.3')).toBe(false);
  expect(await isFamiliar(eve.email, '10.1.1.1')).toBe(false);
  expect(await isFamiliar(ada.email, '10.1.1.1', new Date('2027-11-27T10:00:00Z'))).toBe(false);
});

const rules: IdentityRules = { newcomerLimits: {}, locale: 'en', now: start, actor };
const proven = (email: string, change: Partial<ProvenIdentity> = {}): ProvenIdentity => {
  return { provider: 'github', subject: `s-${email}`, email, isEmailVerified: true, name: 'Ada L', ...change };
};

test('an identity joins an account with its address only where both sides made sure of the address', async () => {
  const { userId, email } = await person();
  expect(await userOfIdentity(db.prisma, proven(email), rules)).toEqual({ refusal: 'not_linked' });
  await verifyEmail(db.prisma, { userId, email, now: start, actor });
  const unsure = proven(email, { isEmailVerified: false });
  expect(await userOfIdentity(db.prisma, unsure, rules)).toEqual({ refusal: 'email_unverified' });
  expect(await userOfIdentity(db.prisma, proven(email), rules)).toEqual({ userId, isNew: false });
  // From then on it is the identity that counts, whatever becomes of the addresses.
  const moved = { ...proven(email), email: 'elsewhere@example.com', isEmailVerified: false };
  expect(await userOfIdentity(db.prisma, moved, rules)).toEqual({ userId, isNew: false });
  const second = proven(email, { subject: 'another' });
  expect(await userOfIdentity(db.prisma, second, rules)).toEqual({ refusal: 'not_linked' });
  await db.prisma.user.update({ where: { id: userId }, data: { status: 'suspended' } });
  expect(await userOfIdentity(db.prisma, proven(email), rules)).toEqual({ refusal: 'suspended' });
});

test('a newcomer by identity gets an account with a confirmed address and no password, where newcomers are taken', async () => {
  const newcomer = proven('newcomer@example.com', { name: 'x'.repeat(100) });
  const closed = { ...rules, newcomerLimits: undefined };
  expect(await userOfIdentity(db.prisma, newcomer, closed)).toEqual({ refusal: 'sign_up_closed' });
  const outcomes = await Promise.all([1, 2, 3].map(() => userOfIdentity(db.prisma, newcomer, rules)));
  expect(outcomes.filter((outcome) => 'isNew' in outcome && outcome.isNew)).toHaveLength(1);
  const user = await db.prisma.user.findUniqueOrThrow({
    where: { email: 'newcomer@example.com' },
    include: { memberships: true },
  });
  expect(user).toMatchObject({ passwordHash: null, emailVerifiedAt: start, name: 'x'.repeat(64) });
  expect(user.memberships).toMatchObject([{ role: 'owner' }]);
});

test('the last way in stays', async () => {
  const outcome = await userOfIdentity(db.prisma, proven('only@example.com'), rules);
  const userId = 'userId' in outcome ? outcome.userId : '';
  const unlink = { userId, provider: 'github', actor } as const;
  await expect(unlinkIdentity(db.prisma, unlink)).rejects.toMatchObject({ code: 'last_way_in' });
  await setPassword(db.prisma, { userId, passwordHash: await hashPassword(password), now: start, actor });
  await unlinkIdentity(db.prisma, unlink);
  expect(await listIdentities(db.prisma, userId)).toEqual([]);
  await expect(unlinkIdentity(db.prisma, unlink)).rejects.toMatchObject({ code: 'not_found' });
});
