import { createHash } from 'node:crypto';
import { registerUser, totpCode, totpStep } from '@ai-bridge/access';
import { readMail } from '@ai-bridge/mail';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guessBounds } from '#server/account-throttle.ts';
import type { Deps } from '#server/deps.ts';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';
import { signInByCode, signInByPassword } from './sign-in.ts';
import { signInByIdentity } from './sign-in-by-identity.ts';

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
  const email = `account${++people}@example.com`;
  return { email, ...(await registerUser(db.prisma, { email, name: 'Ada', password })) };
}

const at = (address: string) => ({ address, requestId: 'req_1', userAgent: 'Mozilla/5.0 (X11; Linux) Firefox/140' });
const stranger = () => createCaller(world.contextOf(undefined));
const enter = (email: string, typed = password, address = '10.0.0.1') =>
  signInByPassword(deps, { email, password: typed }, at(address));

async function callerOf(email: string) {
  const outcome = await enter(email);
  const sessionId = 'sessionId' in outcome ? outcome.sessionId : '';
  return { sessionId, caller: createCaller(world.contextOf(await deps.sessions.find(sessionId))) };
}

async function mailsTo(email: string) {
  const rows = await db.prisma.mail.findMany({ where: { toAddress: email }, orderBy: { id: 'asc' } });
  return rows.map(({ template, text }) => ({ template, ticket: /#([\w-]{43})/.exec(text ?? '')?.[1] ?? '' }));
}
const lastTicket = async (email: string) => (await mailsTo(email)).at(-1)?.ticket ?? '';

/** Switches a second factor on. @returns codes by how many steps from now */
async function enrol(email: string) {
  const { caller } = await callerOf(email);
  const { secret, qrCode } = await caller.account.beginTwoFactor();
  expect(Buffer.from(qrCode.split(',')[1] ?? '', 'base64').toString()).toMatch(/^<svg .*<\/svg>\s*$/s);
  const bits = [...secret].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const code = (steps: number) => totpCode(key, totpStep(new Date(deps.clock.now())) + BigInt(steps));
  const { recoveryCodes } = await caller.account.confirmTwoFactor({ code: code(-1) });
  return { code, recoveryCodes };
}

test('signing up mails a link that confirms the address once; a taken address gets the same answer and its owner a mail', async () => {
  const input = { email: 'newcomer@example.com', name: 'New', password, locale: 'en' } as const;
  const answers = [
    await stranger().account.register(input),
    await stranger().account.register({ ...input, password: 'another one' }),
  ];
  expect(answers[0]).toEqual(answers[1]);
  await stranger().account.register(input);
  const mails = await mailsTo(input.email);
  expect(mails.map(({ template }) => template)).toEqual(['account-verify-email', 'account-already-registered']);
  expect(await db.prisma.user.count({ where: { email: input.email } })).toBe(1);
  const { sessionId } = await callerOf(input.email);
  expect((await deps.sessions.find(sessionId))?.user.isEmailVerified).toBe(false);
  const ticket = mails[0]?.ticket ?? '';
  expect(await stranger().account.confirmEmail({ ticket })).toEqual({ changed: false });
  expect((await deps.sessions.find(sessionId))?.user.isEmailVerified).toBe(true);
  await expect(stranger().account.confirmEmail({ ticket })).rejects.toMatchObject({ message: 'ticket_invalid' });
});

test('asking for a reset answers alike whoever has an account; the link sets a password once, ends all sessions and tells by mail', async () => {
  const { email } = await person();
  const { sessionId } = await callerOf(email);
  const asked = [email, 'nobody@example.com', 'no address'].map((typed) =>
    stranger().account.requestReset({ email: typed, locale: 'en' }),
  );
  expect(await Promise.all(asked)).toEqual([undefined, undefined, undefined]);
  await deps.afterwards.settled();
  expect(await mailsTo('nobody@example.com')).toEqual([]);
  const ticket = await lastTicket(email);
  await expect(stranger().account.resetPassword({ ticket, password: 'short' })).rejects.toMatchObject({
    message: 'password_invalid',
  });
  await stranger().account.resetPassword({ ticket, password: 'a new long one' });
  expect(await deps.sessions.find(sessionId)).toBeUndefined();
  await expect(stranger().account.resetPassword({ ticket, password: 'a third long one' })).rejects.toMatchObject({
    message: 'ticket_invalid',
  });
  expect(await enter(email)).toEqual({ refusal: 'refused' });
  expect(await enter(email, 'a new long one')).toHaveProperty('sessionId');
  const mails = await mailsTo(email);
  expect(mails.map(({ template }) => template)).toEqual(['account-reset-password', 'account-password-changed']);
  const kept = await db.prisma.mail.findFirstOrThrow({
    where: { toAddress: email, template: 'account-reset-password' },
  });
  expect((await readMail(db.database, { id: kept.id, hasSmtp: true }))?.body).toBeUndefined();
});

test('with a second factor there is no session before its code, a code works once, and a recovery code in its place', async () => {
  const { email, userId } = await person();
  const { code, recoveryCodes } = await enrol(email);
  const before = await db.prisma.session.count({ where: { userId } });
  const first = await enter(email);
  const ticket = 'ticket' in first ? first.ticket : '';
  expect(ticket).toMatch(/^[\w-]{43}$/);
  expect(await db.prisma.session.count({ where: { userId } })).toBe(before);
  expect(await signInByCode(deps, { ticket, code: '000000x' }, at('10.0.0.1'))).toEqual({ refusal: 'code_wrong' });
  // The same code both times, whatever the clock says meanwhile.
  const used = code(0);
  expect(await signInByCode(deps, { ticket, code: used }, at('10.0.0.1'))).toHaveProperty('sessionId');
  expect(await signInByCode(deps, { ticket, code: code(1) }, at('10.0.0.1'))).toEqual({ refusal: 'ticket_invalid' });
  const second = await enter(email);
  const again = { ticket: 'ticket' in second ? second.ticket : '', code: used };
  expect(await signInByCode(deps, again, at('10.0.0.1'))).toEqual({ refusal: 'code_wrong' });
  const recovered = await signInByCode(deps, { ...again, code: recoveryCodes[0] ?? '' }, at('10.0.0.1'));
  expect(recovered).toHaveProperty('sessionId');
  const audit = await db.prisma.auditLog.findMany({
    where: { target: userId, action: 'session.open' },
    orderBy: { id: 'asc' },
  });
  expect(audit.map(({ detail }) => (detail as { secondFactor: string | null }).secondFactor)).toEqual([
    null,
    'code',
    'recovery',
  ]);
});

test('switching a second factor off takes the password and a code', async () => {
  const { email } = await person();
  const { caller } = await callerOf(email);
  const { code } = await enrol(email);
  await expect(caller.account.switchOffTwoFactor({ password: 'wrong', code: code(0) })).rejects.toMatchObject({
    message: 'password_wrong',
  });
  await expect(caller.account.switchOffTwoFactor({ password, code: '000000x' })).rejects.toMatchObject({
    message: 'code_wrong',
  });
  await caller.account.switchOffTwoFactor({ password, code: code(0) });
  expect((await caller.account.me()).twoFactor).toEqual({ isOn: false, recoveryCodesLeft: 0 });
});

test('guessing is slowed down for all processes, also with the right password, and never for the owner at another address', async () => {
  const { email } = await person();
  await enter(email, password, '10.9.0.1');
  const waits = await Promise.all(Array.from({ length: 20 }, () => enter(email, 'wrong', '10.9.9.9')));
  expect(waits.filter((outcome) => 'refusal' in outcome)).toHaveLength(guessBounds.pair.freeTries);
  expect(await enter(email, password, '10.9.9.9')).toHaveProperty('waitMs');
  // Another process knows it too, and so does one that has just started.
  const other = (await createWorldDeps()).deps;
  expect(await signInByPassword(other, { email, password }, at('10.9.9.9'))).toHaveProperty('waitMs');
  for (let i = 0; i < guessBounds.account.freeTries; i++) await enter(email, 'wrong', `10.8.0.${i}`);
  expect(await enter(email, password, '10.8.1.1')).toHaveProperty('waitMs');
  expect(await enter(email, password, '10.9.0.1')).toHaveProperty('sessionId');
  expect(await enter('nobody-at-all@example.com', 'wrong', '10.8.1.1')).toEqual({ refusal: 'refused' });
});

/** The same database as another process of the console has it. */
async function createWorldDeps() {
  const { createDeps } = await import('#server/deps.ts');
  const { keyPepper, sealingPublicKey, ownKeyPlaces, siteUrl, billing } = deps;
  const { prisma, database } = db;
  return {
    deps: createDeps({
      prisma,
      database,
      keyPepper,
      sealingPublicKey,
      ownKeyPlaces,
      siteUrl,
      providers: billing.providers,
    }),
  };
}

test('a changed e-mail is confirmed at the new address, told to the old one, and takes the password', async () => {
  const { email } = await person();
  const { caller } = await callerOf(email);
  const next = `next-${email}`;
  await expect(caller.account.requestEmailChange({ email: next, password: 'wrong' })).rejects.toMatchObject({
    message: 'password_wrong',
  });
  const other = await person();
  await caller.account.requestEmailChange({ email: other.email, password });
  expect(await mailsTo(other.email)).toEqual([]);
  await caller.account.requestEmailChange({ email: next, password });
  expect((await caller.account.me()).email).toBe(email);
  expect(await stranger().account.confirmEmail({ ticket: await lastTicket(next) })).toEqual({ changed: true });
  expect((await mailsTo(email)).map(({ template }) => template)).toEqual(['account-email-changed']);
  expect(await enter(next)).toHaveProperty('sessionId');
  expect(await enter(email)).toEqual({ refusal: 'refused' });
});

test('one’s sessions are listed without what a cookie carries, and end one by one or all others at once', async () => {
  const { email } = await person();
  const [here, there, third] = [await callerOf(email), await callerOf(email), await callerOf(email)];
  const list = await here.caller.account.sessions();
  expect(list).toHaveLength(3);
  for (const { sessionId } of [here, there, third]) expect(JSON.stringify(list)).not.toContain(sessionId);
  expect(list.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
  expect(list[0]?.device).toEqual({ browser: 'Firefox', system: 'Linux' });
  const stranger = await callerOf((await person()).email);
  const id = (await there.caller.account.sessions()).find(({ isCurrent }) => isCurrent)?.id ?? '';
  await expect(stranger.caller.account.endSession({ id })).rejects.toMatchObject({ message: 'not_found' });
  await here.caller.account.endSession({ id });
  expect(await deps.sessions.find(there.sessionId)).toBeUndefined();
  expect(await here.caller.account.endOtherSessions()).toEqual({ ended: 1 });
  expect(await deps.sessions.find(third.sessionId)).toBeUndefined();
  expect(await deps.sessions.find(here.sessionId)).toBeDefined();
});

test('where addresses have to be confirmed, who has not done so makes no key and buys nothing, and is told why', async () => {
  const { email, userId } = await person();
  await db.prisma.setting.create({ data: { key: 'emailVerification', value: 'always' } });
  try {
    const { caller } = await callerOf(email);
    const refused = { code: 'FORBIDDEN', message: 'email_unverified' };
    await expect(caller.apiKey.create({ name: 'first' })).rejects.toMatchObject(refused);
    await expect(caller.order.create({ clientKey: 'ord_client_key', wish: { planId: 'x' } })).rejects.toMatchObject(
      refused,
    );
    await caller.apiKey.list({});
    await db.prisma.user.update({ where: { id: userId }, data: { emailVerifiedAt: new Date() } });
    await (await callerOf(email)).caller.apiKey.create({ name: 'first' });
  } finally {
    await db.prisma.setting.delete({ where: { key: 'emailVerification' } });
  }
});

test('where addresses have to be confirmed, the sign-up bonus comes with that, and once', async () => {
  const settings = [
    { key: 'emailVerification', value: 'always' },
    { key: 'signUpBonusTokens', value: 5_000 },
  ];
  await db.prisma.setting.createMany({ data: settings });
  try {
    const email = 'bonus@example.com';
    await stranger().account.register({ email, name: 'Ada', password, locale: 'en' });
    const { organizationId } = await db.prisma.member.findFirstOrThrow({ where: { user: { email } } });
    const credit = async () => (await db.prisma.balance.findUnique({ where: { organizationId } }))?.postedNanoUsd ?? 0n;
    expect(await credit()).toBe(0n);
    await stranger().account.confirmEmail({ ticket: await lastTicket(email) });
    expect(await credit()).toBe(5_000_000n);
    const { caller } = await callerOf(email);
    await caller.account.requestEmailChange({ email: 'bonus-moved@example.com', password });
    await stranger().account.confirmEmail({ ticket: await lastTicket('bonus-moved@example.com') });
    expect(await credit()).toBe(5_000_000n);
  } finally {
    await db.prisma.setting.deleteMany({ where: { key: { in: settings.map(({ key }) => key) } } });
  }
});

test('where staff need a second factor, who has none is no staff until they have', async () => {
  const { email, userId } = await person();
  await db.prisma.user.update({ where: { id: userId }, data: { staffRole: 'operator' } });
  await db.prisma.setting.create({ data: { key: 'requireTwoFactorForStaff', value: true } });
  try {
    const { caller, sessionId } = await callerOf(email);
    expect(await deps.sessions.find(sessionId)).toMatchObject({
      isStaffHeldBack: true,
      user: { staffRole: undefined },
    });
    await expect(caller.channel.list()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await enrol(email);
    const session = await deps.sessions.find(sessionId);
    expect(session).toMatchObject({ isStaffHeldBack: false, user: { staffRole: 'operator' } });
    await createCaller(world.contextOf(session)).channel.list();
  } finally {
    await db.prisma.setting.delete({ where: { key: 'requireTwoFactorForStaff' } });
  }
});

test('a refused sign-in to an account of the staff’s is on record; nobody else’s is', async () => {
  const [staff, customer] = [await person(), await person()];
  await db.prisma.user.update({ where: { id: staff.userId }, data: { staffRole: 'support' } });
  await Promise.all([enter(staff.email, 'wrong'), enter(customer.email, 'wrong')]);
  await deps.afterwards.settled();
  const rows = await db.prisma.auditLog.findMany({ where: { action: 'session.refused' } });
  expect(rows.map(({ target }) => target)).toEqual([staff.userId]);
});

test('signing in by another site asks for the second factor too', async () => {
  const { email, userId } = await person();
  await db.prisma.user.update({ where: { id: userId }, data: { emailVerifiedAt: new Date() } });
  const identity = {
    provider: 'github',
    subject: '77',
    profile: { email, email_verified: true, name: 'Ada' },
    locale: 'en',
  };
  expect(await signInByIdentity(deps, identity, at('10.0.0.1'))).toHaveProperty('sessionId');
  await enrol(email);
  expect(await signInByIdentity(deps, identity, at('10.0.0.1'))).toHaveProperty('ticket');
  const unsure = { ...identity, subject: '78', profile: { email, email_verified: false } };
  expect(await signInByIdentity(deps, unsure, at('10.0.0.1'))).toEqual({ refusal: 'email_unverified' });
});

test('the set-up link makes one administrator, also when it is used many times at once', async () => {
  const token = 'a-set-up-token';
  const value = createHash('sha256').update(token).digest('hex');
  await db.prisma.setting.create({ data: { key: 'setup.tokenHash', value } });
  const setUp = (n: number, text = token) =>
    stranger().account.setUp({ token: text, email: `root${n}@example.com`, name: 'Root', password, locale: 'en' });
  await expect(setUp(0, 'another')).rejects.toMatchObject({ message: 'set_up_over' });
  const results = await Promise.allSettled([1, 2, 3, 4].map((n) => setUp(n)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await db.prisma.user.count({ where: { staffRole: 'administrator' } })).toBe(1);
  await expect(setUp(5)).rejects.toMatchObject({ message: 'set_up_over' });
});

test('what was written down of all this says from where and in which request it came', async () => {
  const deeds = await db.prisma.auditLog.findMany({ where: { actorKind: 'console' } });
  const incomplete = deeds.filter(({ address, requestId }) => address === null || requestId === null);
  expect([...new Set(incomplete.map(({ action }) => action))]).toEqual([]);
  const actions = new Set(deeds.map(({ action }) => action));
  for (const action of ['session.open', 'session.refused', 'identity.link', 'user.recoveryCodeUsed', 'user.create'])
    expect(actions, action).toContain(action);
});
