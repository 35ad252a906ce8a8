import { openSession, registerUser } from '@ai-bridge/access';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountWindows } from '#server/account-throttle.ts';
import type { Deps } from '#server/deps.ts';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';

let db: TestDatabase;
let world: World;
let deps: Deps;
beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
  deps = world.deps;
});
afterAll(() => db.drop());

const password = 'correct horse battery';
let people = 0;

async function person() {
  const email = `team${++people}@example.com`;
  const { userId, organizationId } = await registerUser(db.prisma, { email, name: `Ada ${people}`, password });
  const { sessionId } = await openSession(db.prisma, { userId });
  const caller = async () => createCaller(world.contextOf(await deps.sessions.find(sessionId)));
  return { email, userId, organizationId, sessionId, caller };
}
type Person = Awaited<ReturnType<typeof person>>;

const stranger = () => createCaller(world.contextOf(undefined));
const mailsTo = (email: string) => db.prisma.mail.findMany({ where: { toAddress: email }, orderBy: { id: 'asc' } });

async function lastToken(email: string): Promise<string> {
  const mail = (await mailsTo(email)).filter(({ template }) => template === 'invitation').at(-1);
  return /\/join#([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
}

async function invite(owner: Person, email: string, role: 'owner' | 'developer' | 'viewer' = 'developer') {
  await (await owner.caller()).team.invite({ email, role, locale: 'en' });
  return lastToken(email);
}

test('an invitation is answered alike whoever has an account, and mailed as a secret in the language that was chosen', async () => {
  const [owner, known] = [await person(), await person()];
  const caller = await owner.caller();
  const answers = [];
  for (const email of [known.email, 'nobody-yet@example.com'])
    answers.push(await caller.team.invite({ email, role: 'viewer', locale: 'zh' }));
  expect(answers).toEqual([undefined, undefined]);
  for (const email of [known.email, 'nobody-yet@example.com'])
    expect(await mailsTo(email)).toMatchObject([{ template: 'invitation', locale: 'zh', isSensitive: true }]);
  const shown = await caller.team.invitations({});
  expect(shown.map(({ email }) => email).sort()).toEqual([known.email, 'nobody-yet@example.com'].sort());
  expect(JSON.stringify(shown)).not.toContain(await lastToken(known.email));
  await expect(caller.team.invite({ email: owner.email, role: 'viewer', locale: 'zh' })).rejects.toMatchObject({
    message: 'member_already',
  });
});

test('a newcomer signs up by the link and works as a developer: makes keys, sees no orders, invites nobody', async () => {
  const owner = await person();
  const email = 'newcomer-web@example.com';
  const token = await invite(owner, email);
  expect(await stranger().invitation.preview({ token })).toMatchObject({
    ...{ email, role: 'developer', hasAccount: false, isAccepted: false, reader: undefined },
  });
  await stranger().invitation.signUp({ token, name: 'New', password, locale: 'zh' });
  const user = await db.prisma.user.findUniqueOrThrow({ where: { email } });
  const { sessionId } = await openSession(db.prisma, { userId: user.id });
  const caller = createCaller(world.contextOf(await deps.sessions.find(sessionId)));
  await caller.apiKey.create({ name: 'mine' });
  await expect(caller.order.list({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(caller.team.invite({ email: 'x@example.com', role: 'viewer', locale: 'en' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  const { members } = await caller.team.read({});
  expect(members.map(({ id, role, liveKeys }) => [id, role, liveKeys])).toEqual([
    [owner.userId, 'owner', 0],
    [user.id, 'developer', 1],
  ]);
});

test('who accepts works in that organization, everywhere in this sign-in; after removal in their own, at once', async () => {
  const [owner, guest, other] = [await person(), await person(), await person()];
  const token = await invite(owner, guest.email, 'viewer');
  const theirs = await other.caller();
  expect((await theirs.invitation.preview({ token })).reader).toEqual({ email: other.email, isInvited: false });
  await expect(theirs.invitation.accept({ token })).rejects.toMatchObject({ message: 'other_address' });
  await (await guest.caller()).invitation.accept({ token });
  expect((await (await guest.caller()).team.read({})).organizationId).toBe(owner.organizationId);
  await expect((await guest.caller()).apiKey.create({ name: 'no' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await (await guest.caller()).team.choose({ organizationId: guest.organizationId });
  await (await guest.caller()).apiKey.create({ name: 'yes' });
  await (await guest.caller()).team.choose({ organizationId: owner.organizationId });
  await expect((await guest.caller()).team.choose({ organizationId: other.organizationId })).rejects.toMatchObject({
    message: 'not_found',
  });
  await (await owner.caller()).team.remove({ userId: guest.userId, keys: 'keep' });
  expect((await (await guest.caller()).team.read({})).organizationId).toBe(guest.organizationId);
  await expect((await guest.caller()).team.read({ organizationId: owner.organizationId })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});

test('owners act on members of their own organization alone', async () => {
  const [owner, other] = [await person(), await person()];
  const caller = await owner.caller();
  const refusals = [
    () => caller.team.setRole({ userId: other.userId, role: 'viewer' }),
    () => caller.team.setLimits({ userId: other.userId, limits: { perDayNanoUsd: 1n } }),
    () => caller.team.leave({ organizationId: other.organizationId }),
  ];
  for (const refusal of refusals) await expect(refusal()).rejects.toMatchObject({ message: 'not_found' });
  expect(await caller.team.remove({ userId: other.userId, keys: 'disable' })).toEqual({ disabledKeys: 0 });
  await expect(caller.team.leave({ organizationId: owner.organizationId })).rejects.toMatchObject({
    message: 'last_owner',
  });
  expect(await db.prisma.member.count({ where: { userId: other.userId } })).toBe(1);
});

test('an organization sends so many invitations a day, resent ones too, and no more', async () => {
  const owner = await person();
  const caller = await owner.caller();
  await invite(owner, 'again@example.com');
  const [invitation] = await caller.team.invitations({});
  for (let sent = 1; sent < accountWindows.invitationOfOrganization.maxTries; sent++)
    await caller.team.resendInvitation({ invitationId: invitation?.id ?? '' });
  await expect(caller.team.invite({ email: 'more@example.com', role: 'viewer', locale: 'en' })).rejects.toMatchObject({
    message: 'too_many_attempts',
  });
  await invite(await person(), 'others@example.com');
});

test('who left their last organization starts another, but not where nobody new is taken', async () => {
  const first = await person();
  const second = await person();
  await (await second.caller()).invitation.accept({ token: await invite(first, second.email, 'owner') });
  await (await first.caller()).team.leave({ organizationId: first.organizationId });
  await db.prisma.setting.create({ data: { key: 'signUp', value: 'closed' } });
  const start = async () => (await first.caller()).team.start({ name: 'Anew' });
  await expect(start()).rejects.toMatchObject({ message: 'sign_up_closed' });
  await db.prisma.setting.delete({ where: { key: 'signUp' } });
  await start();
  await expect(start()).rejects.toMatchObject({ message: 'organization_owned' });
  expect((await (await first.caller()).team.read({})).name).toBe('Anew');
});

test('every change to a team is in the audit log, without addresses', async () => {
  const owner = await person();
  const email = 'audited@example.com';
  const token = await invite(owner, email);
  await stranger().invitation.signUp({ token, name: 'New', password, locale: 'en' });
  const { id: userId } = await db.prisma.user.findUniqueOrThrow({ where: { email } });
  const caller = await owner.caller();
  await caller.team.setRole({ userId, role: 'viewer' });
  await caller.team.setLimits({ userId, limits: { perMonthNanoUsd: 5n } });
  await caller.team.rename({ name: 'Acme' });
  await caller.team.remove({ userId, keys: 'disable' });
  const rows = await db.prisma.auditLog.findMany({
    where: { organizationId: owner.organizationId },
    orderBy: { id: 'asc' },
  });
  expect(rows.map(({ action }) => action)).toEqual([
    ...['organization.create', 'invitation.create', 'invitation.accept', 'member.setRole', 'member.setLimits'],
    ...['organization.rename', 'member.remove'],
  ]);
  expect(JSON.stringify(rows.map(({ detail }) => detail))).not.toContain('@');
});
