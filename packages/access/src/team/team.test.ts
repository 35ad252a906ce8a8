import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../keys/create.ts';
import { keyDigest } from '../keys/digest.ts';
import { findCaller } from '../keys/find-caller.ts';
import { findSession, openSession } from '../people/sessions.ts';
import { registerUser } from '../people/users.ts';
import type { OrganizationRole } from '../permissions.ts';
import { acceptInvitation, signUpByInvitation } from './accept-invitation.ts';
import {
  findInvitation,
  invitationLifeMs,
  inviteMember,
  listInvitations,
  maxOpenInvitations,
  renewInvitation,
  withdrawInvitation,
} from './invitations.ts';
import { listMembers, removeMember, setMemberLimits, setMemberRole } from './members.ts';
import { chooseOrganization, startOrganization } from './own-organizations.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

// After everything that these tests make: memberships are in the order of their dates.
const now = new Date(Date.now() + 600_000);
const pepper = 'pepper-of-the-tests';
let people = 0;

async function person() {
  const email = `team${++people}@example.com`;
  return { email, ...(await registerUser(db.prisma, { email, name: 'Ada', password: 'correct horse' })) };
}
type Person = Awaited<ReturnType<typeof person>>;
const by = ({ userId }: { userId: string }) => ({ kind: 'console', userId }) as const;

function invite(owner: Person, email: string, role: OrganizationRole = 'developer') {
  const { organizationId } = owner;
  return db.prisma.$transaction((session) =>
    inviteMember(session, { organizationId, email, role, locale: 'en', actor: by(owner), now }),
  );
}

const accept = (who: Person, token: string, at = now) =>
  acceptInvitation(db.prisma, { token, userId: who.userId, now: at, actor: by(who) });
const remove = (owner: Person, userId: string, keys: 'keep' | 'disable' = 'keep') =>
  removeMember(db.prisma, { organizationId: owner.organizationId, userId, keys, now, actor: by(owner) });
const rolesIn = async ({ organizationId }: Person) =>
  (await listMembers(db.prisma, organizationId)).map(({ userId, role }) => [userId, role]);

async function joined(owner: Person, role: OrganizationRole = 'developer') {
  const who = await person();
  await accept(who, (await invite(owner, who.email, role)).token);
  return who;
}

test('of many who accept one invitation at once, the address’s owner is a member once; it is told once', async () => {
  const [owner, guest] = [await person(), await person()];
  const { token, id } = await invite(owner, guest.email);
  await Promise.all(Array.from({ length: 8 }, () => accept(guest, token)));
  expect(await rolesIn(owner)).toEqual([
    [owner.userId, 'owner'],
    [guest.userId, 'developer'],
  ]);
  expect(await db.prisma.auditLog.count({ where: { target: id, action: 'invitation.accept' } })).toBe(1);
  expect((await db.prisma.user.findUniqueOrThrow({ where: { id: guest.userId } })).emailVerifiedAt).toEqual(now);
});

test('a link works for the invited address alone, for seven days, until it is withdrawn or sent anew', async () => {
  const [owner, guest, other] = [await person(), await person(), await person()];
  const { token, id } = await invite(owner, guest.email);
  await expect(accept(other, token)).rejects.toMatchObject({ code: 'other_address' });
  const late = new Date(now.getTime() + invitationLifeMs);
  await expect(accept(guest, token, late)).rejects.toMatchObject({ code: 'invitation_invalid' });
  const of = { organizationId: owner.organizationId, invitationId: id, actor: by(owner), now };
  const second = await renewInvitation(db.prisma, of);
  await expect(accept(guest, token)).rejects.toMatchObject({ code: 'invitation_invalid' });
  await expect(renewInvitation(db.prisma, { ...of, organizationId: other.organizationId })).rejects.toMatchObject({
    code: 'not_found',
  });
  await withdrawInvitation(db.prisma, of);
  await withdrawInvitation(db.prisma, of);
  await expect(accept(guest, second.token)).rejects.toMatchObject({ code: 'invitation_invalid' });
  expect(await listInvitations(db.prisma, owner.organizationId)).toEqual([]);
  const stored = JSON.stringify(await db.prisma.invitation.findMany({ where: { id } }));
  expect(stored).not.toContain(second.token);
});

test('asked again, an address keeps one open invitation, with the role named last', async () => {
  const [owner, guest] = [await person(), await person()];
  const first = await invite(owner, guest.email, 'viewer');
  const again = await Promise.all([
    invite(owner, ` ${guest.email.toUpperCase()} `, 'billing'),
    invite(owner, guest.email, 'billing'),
  ]);
  expect(again.map(({ id }) => id)).toEqual([first.id, first.id]);
  expect(await listInvitations(db.prisma, owner.organizationId)).toMatchObject([
    { email: guest.email, role: 'billing' },
  ]);
  await expect(findInvitation(db.prisma, first.token, now)).rejects.toMatchObject({ code: 'invitation_invalid' });
});

test('an organization has so many open invitations and no more, also where many are made at once', async () => {
  const owner = await person();
  for (let n = 1; n < maxOpenInvitations; n++) await invite(owner, `full${n}@example.com`);
  const last = await Promise.allSettled([1, 2, 3, 4].map((n) => invite(owner, `last${n}@example.com`)));
  expect(last.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await listInvitations(db.prisma, owner.organizationId)).toHaveLength(maxOpenInvitations);
});

test('a newcomer signs up by the link: a confirmed address, the one organization, and nothing by a second try', async () => {
  const owner = await person();
  const email = 'newcomer-team@example.com';
  const { token } = await invite(owner, email, 'viewer');
  const newcomer = {
    token,
    name: 'New',
    password: 'correct horse',
    locale: 'zh',
    now,
    actor: { kind: 'console' },
  } as const;
  const tries = await Promise.allSettled([1, 2, 3].map(() => signUpByInvitation(db.prisma, newcomer)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const user = await db.prisma.user.findUniqueOrThrow({ where: { email }, include: { memberships: true } });
  expect(user).toMatchObject({
    emailVerifiedAt: now,
    memberships: [{ organizationId: owner.organizationId, role: 'viewer' }],
  });
  const known = await person();
  const { token: theirs } = await invite(owner, known.email);
  await expect(signUpByInvitation(db.prisma, { ...newcomer, token: theirs })).rejects.toMatchObject({
    code: 'email_taken',
  });
});

test('who was removed does not come back by the old link, whatever the order of removal and acceptance', async () => {
  const owner = await person();
  for (let round = 0; round < 5; round++) {
    const guest = await person();
    const { token } = await invite(owner, guest.email);
    await Promise.allSettled([accept(guest, token), remove(owner, guest.userId), accept(guest, token)]);
    await remove(owner, guest.userId);
    await expect(accept(guest, token)).rejects.toMatchObject({ code: 'invitation_invalid' });
    expect(await rolesIn(owner)).toEqual([[owner.userId, 'owner']]);
  }
});

test('one owner always stays: of two who leave or lower each other at once, one is refused', async () => {
  for (const act of ['remove', 'lower'] as const) {
    const first = await person();
    const second = await joined(first, 'owner');
    const { organizationId } = first;
    const away = (who: Person) =>
      act === 'remove'
        ? removeMember(db.prisma, { organizationId, userId: who.userId, keys: 'keep', now, actor: by(who) })
        : setMemberRole(db.prisma, { organizationId, userId: who.userId, role: 'viewer', actor: by(first) });
    const ends = await Promise.allSettled([away(first), away(second)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const roles = (await rolesIn(first)).map(([, role]) => role);
    expect(roles.filter((role) => role === 'owner')).toHaveLength(1);
  }
});

test('a removed member’s keys stay or stop, as was chosen, and none is made while they are removed', async () => {
  const owner = await person();
  const { organizationId } = owner;
  for (const keys of ['keep', 'disable'] as const) {
    const member = await joined(owner);
    const key = { organizationId, createdByUserId: member.userId, name: keys };
    const { secret } = await createApiKey(db.prisma, key, { pepper });
    const attempts = Promise.allSettled([1, 2, 3].map(() => createApiKey(db.prisma, key, { pepper })));
    await remove(owner, member.userId, keys);
    const live = { organizationId, createdByUserId: member.userId, disabledAt: null };
    const made = (await attempts).filter(({ status }) => status === 'fulfilled').length + 1;
    expect(await db.prisma.apiKey.count({ where: live })).toBe(keys === 'keep' ? made : 0);
    expect((await findCaller(db.prisma, keyDigest(secret, pepper))) === undefined).toBe(keys === 'disable');
    await expect(createApiKey(db.prisma, key, { pepper })).rejects.toMatchObject({ code: 'not_found' });
  }
});

test('a member’s limits come with each of their keys, and with nobody else’s', async () => {
  const owner = await person();
  const { organizationId } = owner;
  const member = await joined(owner);
  const keyOf = async (createdByUserId: string) =>
    (await createApiKey(db.prisma, { organizationId, createdByUserId, name: 'k' }, { pepper })).secret;
  const [theirs, mine] = [await keyOf(member.userId), await keyOf(owner.userId)];
  const limits = { perDayNanoUsd: 5n, perMonthNanoUsd: undefined };
  await setMemberLimits(db.prisma, { organizationId, userId: member.userId, limits, actor: by(owner) });
  const spendOf = async (secret: string) => (await findCaller(db.prisma, keyDigest(secret, pepper)))?.memberSpend;
  expect(await spendOf(theirs)).toEqual({ userId: member.userId, limits });
  expect(await spendOf(mine)).toBeUndefined();
  for (const wrong of [{ perDayNanoUsd: 0n }, { perMonthNanoUsd: -1n }])
    await expect(
      setMemberLimits(db.prisma, { organizationId, userId: member.userId, limits: wrong, actor: by(owner) }),
    ).rejects.toMatchObject({ code: 'settings_invalid' });
});

test('a sign-in works in the organization that was chosen for it, while its person belongs there', async () => {
  const owner = await person();
  const member = await joined(owner);
  const { sessionId } = await openSession(db.prisma, { userId: member.userId });
  const other = await openSession(db.prisma, { userId: member.userId });
  const first = async (id: string) => (await findSession(db.prisma, id))?.memberships[0]?.organizationId;
  const choose = (organizationId: string) =>
    chooseOrganization(db.prisma, { sessionId, userId: member.userId, organizationId });
  expect(await first(sessionId)).toBe(member.organizationId);
  await choose(owner.organizationId);
  expect([await first(sessionId), await first(other.sessionId)]).toEqual([owner.organizationId, member.organizationId]);
  await expect(choose((await person()).organizationId)).rejects.toMatchObject({ code: 'not_found' });
  await remove(owner, member.userId);
  expect(await first(sessionId)).toBe(member.organizationId);
});

test('who belongs to no organization starts one, and one only', async () => {
  const owner = await person();
  const second = await joined(owner, 'owner');
  const { organizationId } = owner;
  await removeMember(db.prisma, { organizationId, userId: owner.userId, keys: 'keep', now, actor: by(owner) });
  const start = () =>
    startOrganization(db.prisma, { userId: owner.userId, name: 'Anew', limits: { rpm: 5 }, actor: by(owner) });
  const made = (await Promise.allSettled([start(), start(), start()])).filter(({ status }) => status === 'fulfilled');
  expect(made).toHaveLength(1);
  expect(await db.prisma.member.count({ where: { userId: second.userId } })).toBe(2);
});
