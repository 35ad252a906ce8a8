import { createApiKey, openSession, registerUser, totpCode, totpStep } from '@ai-bridge/access';
import { watchBalances } from '@ai-bridge/billing';
import { readBalance, verifyBooks } from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deps } from '#server/deps.ts';
import { createCaller } from '#server/root.ts';
import { unzipped } from '#server/unzip.fixture.ts';
import { createWorld, type World } from '#server/world.fixture.ts';
import { ownDataOf } from './own-data-file.ts';

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

async function person(name = 'Ada') {
  const email = `own${++people}-canary@example.com`;
  const { userId, organizationId } = await registerUser(db.prisma, { email, name, password, locale: 'en' });
  const place = { address: `203.0.113.${people}`, userAgent: `Browser of ${email}` };
  const { sessionId } = await openSession(db.prisma, { userId, ...place });
  const context = async () => world.contextOf(await deps.sessions.find(sessionId));
  const caller = async () => createCaller(await context());
  const newKey = async (of = organizationId) =>
    createApiKey(db.prisma, { organizationId: of, createdByUserId: userId, name: 'k' }, { pepper: deps.keyPepper });
  return { email, userId, organizationId, sessionId, context, caller, newKey };
}
type Person = Awaited<ReturnType<typeof person>>;

const remove = async (who: Person, input: Partial<{ email: string; password: string; code: string }> = {}) =>
  (await who.caller()).account.delete({ email: who.email, password, code: '', ...input });
const join = (organizationId: string, { userId }: Person, role = 'developer') =>
  db.prisma.member.create({ data: { organizationId, userId, role } });

/** The tables in which a text stands somewhere. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await db.database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await db.database.query(`SELECT 1 FROM "${name}" t WHERE to_jsonb(t)::text ILIKE $1 LIMIT 1`, [
      `%${text}%`,
    ]);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

test('after an account is deleted its owner is nowhere to be found but where the decision says; the books agree as before', async () => {
  const who = await person('Zephyrine Canary');
  const { organizationId, userId } = who;
  await world.paidOrder(organizationId);
  const { secret } = await who.newKey();
  const before = await readBalance(db.database, organizationId);
  expect(before.postedNanoUsd).toBeGreaterThan(0n);
  const owner = await person('Owner');
  await (await owner.caller()).team.invite({ email: who.email, role: 'viewer', locale: 'en' });
  await (await who.caller()).account.updateProfile({ name: 'Zephyrine Canary', locale: 'en' });
  await (await who.caller()).account.requestEmailChange({ email: `next-${who.email}`, password });
  expect(await tablesWith(who.email)).toEqual(['invitation', 'mail', 'session', 'ticket', 'user']);
  await remove(who);
  // The one mail that says so, to the address that it is about.
  expect(await tablesWith(who.email)).toEqual(['mail']);
  const mails = await db.prisma.mail.findMany({ where: { toAddress: { contains: who.email } } });
  expect(mails.map(({ template }) => template)).toEqual(['account-account-deleted']);
  expect(await tablesWith('Zephyrine')).toEqual([]);
  // Who did what from where: the audit log is never changed.
  expect(await tablesWith('"203.0.113.1"')).toEqual(['audit_log']);
  expect(await tablesWith(secret.slice(3, 20))).toEqual([]);
  expect(await deps.sessions.find(who.sessionId)).toBeUndefined();
  expect(await db.prisma.apiKey.count({ where: { organizationId, deletedAt: null } })).toBe(0);
  expect(await db.prisma.organization.findUnique({ where: { id: organizationId } })).toMatchObject({
    status: 'suspended',
    closedAt: expect.any(Date),
  });
  expect(await db.prisma.order.count({ where: { organizationId } })).toBe(1);
  expect(await readBalance(db.database, organizationId)).toEqual(before);
  expect(await verifyBooks(db.database)).toEqual([]);
  expect(await db.prisma.auditLog.count({ where: { target: userId, action: 'user.delete' } })).toBe(1);
  // The address is free again, for whoever it belongs to now.
  await registerUser(db.prisma, { email: who.email, name: 'Another', password });
});

test('an account goes only for who types its address and knows its password, or its code where there is none', async () => {
  const who = await person();
  await expect(remove(who, { email: 'other@example.com' })).rejects.toMatchObject({ message: 'email_mismatch' });
  await expect(remove(who, { password: 'wrong' })).rejects.toMatchObject({ message: 'password_wrong' });
  const caller = await who.caller();
  const { secret } = await caller.account.beginTwoFactor();
  const bits = [...secret].map((l) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(l).toString(2).padStart(5, '0'));
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const code = (steps: number) => totpCode(key, totpStep(new Date(deps.clock.now())) + BigInt(steps));
  await caller.account.confirmTwoFactor({ code: code(-1) });
  await db.prisma.user.update({ where: { id: who.userId }, data: { passwordHash: null } });
  deps.sessions.forgetAll();
  await expect(remove(who, { code: '000000x' })).rejects.toMatchObject({ message: 'code_wrong' });
  await remove(who, { code: code(0) });
  expect((await db.prisma.user.findUniqueOrThrow({ where: { id: who.userId } })).deletedAt).not.toBeNull();
  const none = await person();
  await db.prisma.user.update({ where: { id: none.userId }, data: { passwordHash: null } });
  await expect(remove(none)).rejects.toMatchObject({ message: 'password_needed' });
});

test('the only owner of an organization with others, and staff, are told what to do first; nothing is deleted', async () => {
  const [owner, member] = [await person(), await person()];
  await join(owner.organizationId, member);
  expect((await (await owner.caller()).account.deletionPreview()).onlyOwnerOf).toMatchObject([
    { id: owner.organizationId },
  ]);
  await expect(remove(owner)).rejects.toMatchObject({ message: 'only_owner' });
  await db.prisma.member.updateMany({ where: { userId: member.userId }, data: { role: 'owner' } });
  await remove(owner);
  expect(await db.prisma.organization.findUnique({ where: { id: owner.organizationId } })).toMatchObject({
    status: 'active',
    closedAt: null,
  });
  const staff = await person();
  await db.prisma.user.update({ where: { id: staff.userId }, data: { staffRole: 'support' } });
  deps.sessions.forgetAll();
  await expect(remove(staff)).rejects.toMatchObject({ message: 'staff_account' });
  expect(await deps.sessions.find(staff.sessionId)).toBeDefined();
});

test('of two owners who delete their accounts at once, one organization never ends up with members and no owner', async () => {
  for (let round = 0; round < 4; round++) {
    const [first, second, viewer] = [await person(), await person(), await person()];
    await join(first.organizationId, second, 'owner');
    await join(first.organizationId, viewer, 'viewer');
    const ends = await Promise.allSettled([remove(first), remove(second)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const roles = await db.prisma.member.findMany({ where: { organizationId: first.organizationId } });
    expect(roles.filter(({ role }) => role === 'owner')).toHaveLength(1);
  }
});

test('keys that a person made elsewhere stop with their account; those of others go on', async () => {
  const [owner, member] = [await person(), await person()];
  await join(owner.organizationId, member);
  const [mine, theirs] = [await owner.newKey(), await member.newKey(owner.organizationId)];
  await remove(member);
  const keys = await db.prisma.apiKey.findMany({ where: { organizationId: owner.organizationId } });
  const disabled = keys.filter(({ disabledAt }) => disabledAt !== null).map(({ id }) => id);
  expect(disabled).toEqual([theirs.apiKey.id]);
  expect(keys.map(({ id }) => id)).toContain(mine.apiKey.id);
});

test('what would be lost is said before: credit by kind, unpaid orders, refunds under way, keys', async () => {
  const who = await person();
  await world.paidOrder(who.organizationId);
  await world.newOrder(who.organizationId, false);
  await who.newKey();
  const { closing } = await (await who.caller()).account.deletionPreview();
  expect(closing).toMatchObject([
    { id: who.organizationId, grantedNanoUsd: 0n, pendingOrders: 1, openRefunds: 0, liveKeys: 1 },
  ]);
  expect(closing[0]?.paidNanoUsd).toBeGreaterThan(0n);
  await remove(who);
  expect(
    await db.prisma.order.count({ where: { organizationId: who.organizationId, canceledAt: null, state: 'pending' } }),
  ).toBe(0);
});

test('the archive has all files of the person and of organizations they own, no secret, and nobody else’s', async () => {
  const [who, other] = [await person('=cmd()'), await person('Other')];
  await join(other.organizationId, who, 'viewer');
  const orderId = await world.paidOrder(who.organizationId);
  const { apiKey, secret } = await who.newKey();
  await world.recordedRequest(who.organizationId, apiKey.id);
  const foreign = await other.newKey();
  const bytes = Buffer.from(await (await ownDataOf(await who.context())).arrayBuffer());
  const files = unzipped(bytes);
  const at = `organizations/${who.organizationId}`;
  expect(Object.keys(files).sort()).toEqual(
    [
      ...[
        'profile.json',
        'memberships.json',
        'saved-views.json',
        'sessions.csv',
        'keys.csv',
        'mails.csv',
        'account-log.csv',
      ],
      ...['organization.json', 'members.csv', 'keys.csv', 'orders.csv', 'refunds.csv', 'ledger.csv'].map(
        (f) => `${at}/${f}`,
      ),
      `${at}/usage-by-day.csv`,
    ].sort(),
  );
  expect(files[`${at}/orders.csv`]).toContain(orderId);
  expect(files[`${at}/usage-by-day.csv`]).toContain('0.000000017');
  expect(files['keys.csv']).toContain(apiKey.id);
  // A name that a spreadsheet would run is text.
  expect(files[`${at}/members.csv`]).toContain("'=cmd()");
  const all = Object.values(files).join('\n');
  const user = await db.prisma.user.findUniqueOrThrow({ where: { id: who.userId } });
  for (const secretText of [
    secret,
    user.passwordHash ?? '-',
    user.mailToken,
    who.sessionId,
    foreign.apiKey.id,
    other.email,
  ])
    expect(all).not.toContain(secretText);
});

test('who switched a kind of mail off gets none of it, by settings or by the link in such a mail; others still do', async () => {
  const [who, other] = [await person(), await person()];
  await join(who.organizationId, other, 'billing');
  const { organizationId } = who;
  const lower = async (amount: bigint) => {
    await db.prisma.balanceAlert.upsert({
      where: { organizationId },
      create: { organizationId, thresholdsNanoUsd: [amount] },
      update: { thresholdsNanoUsd: [amount], alertedNanoUsd: null },
    });
    await watchBalances(deps.billing);
  };
  await world.paidOrder(organizationId);
  const { postedNanoUsd } = await readBalance(db.database, organizationId);
  const told = (email: string) => db.prisma.mail.count({ where: { toAddress: email, template: 'low-balance' } });
  await lower(postedNanoUsd + 1n);
  expect([await told(who.email), await told(other.email)]).toEqual([1, 1]);
  const mail = await db.prisma.mail.findFirstOrThrow({ where: { toAddress: who.email, template: 'low-balance' } });
  const [, kind, token = ''] = /\/mail-off#(low_balance)\.(\S+)/.exec(mail.text ?? '') ?? [];
  const stranger = createCaller(world.contextOf(undefined));
  expect(kind).toBe('low_balance');
  for (let again = 0; again < 2; again++) await stranger.account.switchMailOff({ kind: 'low_balance', token });
  await expect(stranger.account.switchMailOff({ kind: 'orders', token: 'x' })).rejects.toMatchObject({
    message: 'ticket_invalid',
  });
  expect((await (await who.caller()).account.me()).mailsOff).toEqual(['low_balance']);
  await (await other.caller()).account.setMailsOff({ kinds: ['orders'] });
  await lower(postedNanoUsd + 2n);
  expect([await told(who.email), await told(other.email)]).toEqual([1, 2]);
  const receipts = (email: string) => db.prisma.mail.count({ where: { toAddress: email, template: 'order-paid' } });
  const before = await receipts(who.email);
  await world.paidOrder(organizationId);
  expect([await receipts(who.email), await receipts(other.email)]).toEqual([before + 1, 1]);
});
