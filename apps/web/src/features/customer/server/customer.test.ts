import { createApiKey } from '@ai-bridge/access';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '#server/context.ts';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';
import type { TimelineKind } from '../timeline-kind.ts';

let db: TestDatabase;
let world: World;
let organizationId: string;
let orderId: string;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
  ({ organizationId } = world.foreign);
  orderId = await world.paidOrder(organizationId);
});
afterAll(() => db.drop());

type StaffRole = Parameters<World['personWith']>[0]['staffRole'];
async function staff(staffRole: NonNullable<StaffRole>, hasReason = true) {
  const person = await world.personWith({ staffRole });
  if (hasReason) await world.stateReason(person, organizationId);
  return { person, caller: createCaller(person), userId: person.session!.user.id };
}

async function walk(person: Context, kind?: TimelineKind) {
  const { timeline } = createCaller(person).customer;
  const entries: Awaited<ReturnType<typeof timeline>>['entries'] = [];
  let cursor: string | undefined;
  do {
    const page = await timeline({ organizationId, kind, cursor });
    entries.push(...page.entries);
    cursor = page.nextCursor;
  } while (cursor);
  return entries;
}

test('one box finds a customer by everything that names it', async () => {
  const { caller } = await staff('support', false);
  const { paymentId, sessionId } = await caller.orderDesk.read({ orderId });
  const refundId = await world.askedRefund(organizationId);
  const owner = await db.prisma.user.findUniqueOrThrow({ where: { email: 'foreign@example.com' } });
  const key = await db.prisma.apiKey.findUniqueOrThrow({ where: { id: world.foreign.apiKeyId } });
  const exact: [string, string, string][] = [
    [orderId, 'order', orderId],
    [paymentId!, 'order', orderId],
    [sessionId!, 'order', orderId],
    [refundId, 'refund', refundId],
    [world.foreign.requestId, 'request', world.foreign.requestId],
    ['Foreign@Example.com', 'person', owner.id],
    [owner.id, 'person', owner.id],
    [organizationId, 'organization', organizationId],
    [key.prefix, 'key', key.id],
    [`${key.prefix}${'x'.repeat(31)}`, 'key', key.id],
    [key.id, 'key', key.id],
  ];
  for (const [text, kind, id] of exact)
    expect(await caller.customer.search({ text }), text).toMatchObject([
      { kind, id, isExact: true, organization: { id: organizationId } },
    ]);
  expect(await caller.customer.search({ text: 'FOREI' })).toMatchObject([{ kind: 'person', isExact: false }]);
  expect(await caller.customer.search({ text: key.prefix.slice(0, 6) })).toMatchObject([
    { kind: 'key', isExact: false },
  ]);
  for (const text of ['', '%', '_', 'nobody', 'ord_unknown', 'req_unknown', 'x'.repeat(254)])
    expect(await caller.customer.search({ text }), text).toEqual([]);
});

test('a search finds nothing that its reader may not see', async () => {
  const { caller: operator } = await staff('operator', false);
  const { caller: finance } = await staff('finance', false);
  expect(await operator.customer.search({ text: orderId })).toEqual([]);
  expect(await operator.customer.search({ text: 'foreign@example.com' })).toEqual([]);
  expect(await operator.customer.search({ text: world.foreign.requestId })).toHaveLength(1);
  expect(await finance.customer.search({ text: world.foreign.apiKeyId })).toEqual([]);
  expect(await finance.customer.search({ text: orderId })).toHaveLength(1);
});

test('a customer’s requests, timeline and mails open for a stated reason alone, in that sign-in, and it is in the audit log', async () => {
  const { person, caller, userId } = await staff('support', false);
  const mailId = await mailTo('foreign@example.com');
  const { requestId } = world.foreign;
  const looks = {
    timeline: () => caller.customer.timeline({ organizationId }),
    anyRequest: () => caller.usage.anyRequest({ requestId }),
    request: () => caller.usage.request({ organizationId, requestId }),
    requests: () => caller.usage.requests({ organizationId, range: '7d', narrowing: {} }),
    mail: () => caller.mailbox.read({ mailId }),
    statement: () => caller.statement.balances({ organizationId }),
  };
  for (const [name, look] of Object.entries(looks))
    await expect(look(), name).rejects.toMatchObject({
      ...{ code: 'PRECONDITION_FAILED', message: 'look_reason_needed', cause: { organizationId } },
    });
  const seen = { actorUserId: userId, organizationId };
  expect(await db.prisma.auditLog.findMany({ where: seen })).toEqual([]);
  await expect(caller.staffLook.stateReason({ organizationId, reason: '  ' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  await caller.staffLook.stateReason({ organizationId, reason: 'Ticket 7' });
  for (const [name, look] of Object.entries(looks)) expect(await look(), name).toBeDefined();
  const written = await db.prisma.auditLog.findMany({ where: seen, orderBy: { id: 'asc' } });
  expect(written[0]).toMatchObject({ action: 'staff.reason', target: organizationId, detail: { reason: 'Ticket 7' } });
  expect(JSON.stringify(written[0]?.detail)).not.toContain(person.session!.sessionId);
  expect(written.slice(1).map(({ action }) => action)).toContain('staff.view');

  const elsewhere = createCaller({ ...person, session: { ...person.session!, sessionId: 'another' } });
  await expect(elsewhere.usage.anyRequest({ requestId })).rejects.toMatchObject({ message: 'look_reason_needed' });
  await expect(
    caller.usage.requests({ organizationId: world.own.organizationId, range: '7d', narrowing: {} }),
  ).rejects.toMatchObject({
    message: 'look_reason_needed',
  });
  await db.database.query(`UPDATE audit_log SET at = at - interval '1 day' WHERE id = $1`, [written[0]?.id]);
  await expect(looks.timeline()).rejects.toMatchObject({ message: 'look_reason_needed' });
});

test('limits are set for a reason, replace what was there, and the audit log and the customer’s own keys page have them', async () => {
  const { caller, userId } = await staff('operator', false);
  const set = (limits: { rpm?: number; concurrency?: number }) =>
    caller.customer.setLimits({ organizationId, limits, reason: 'Ticket 8' });
  await set({ rpm: 60, concurrency: 5 });
  await set({ rpm: 90 });
  expect(await caller.customer.read({ organizationId })).toMatchObject({ limits: { rpm: 90 } });
  const rows = await db.prisma.auditLog.findMany({
    where: { action: 'organization.setLimits' },
    orderBy: { id: 'desc' },
  });
  expect(rows[0]).toMatchObject({
    ...{ actorUserId: userId, organizationId },
    detail: { limits: { rpm: 90 }, before: { rpm: 60, concurrency: 5 }, reason: 'Ticket 8' },
  });
  const own = { organizationId: world.own.organizationId };
  await caller.customer.setLimits({ ...own, limits: { itpm: 7 }, reason: 'Ticket 9' });
  const member = await world.personWith({ organizationRole: 'viewer' });
  expect(await createCaller(member).apiKey.limits(own)).toEqual({ itpm: 7 });
  await expect(set({ rpm: 0 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const { caller: support } = await staff('support', false);
  await expect(support.customer.setLimits({ organizationId, limits: {}, reason: 'r' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});

test('a mail to nobody’s address needs no reason', async () => {
  const { caller } = await staff('support', false);
  expect(await caller.mailbox.read({ mailId: await world.newMail() })).toMatchObject({ subject: 'Hello' });
});

test('the timeline has everything, newest first, and of each reader’s role only what it may see', async () => {
  const { person, caller } = await staff('support');
  await createApiKey(db.prisma, { organizationId, name: 'second' }, { pepper: world.deps.keyPepper });
  const owner = await db.prisma.user.findUniqueOrThrow({ where: { email: 'foreign@example.com' } });
  await caller.customer.writeNote({ organizationId, text: 'Likes long answers' });
  await caller.person.signOut({ userId: owner.id, reason: 'asked' });
  await mailTo('foreign@example.com');
  await db.database.query(
    `INSERT INTO audit_log (at, actor_kind, action, target, organization_id)
     SELECT now() - (n / 4) * interval '1 minute', 'system', 'order.cancel', 'ord_' || n, $1 FROM generate_series(1, 120) n`,
    [organizationId],
  );
  const entries = await walk(person);
  const kinds = new Set(entries.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['account', 'change', 'key', 'ledger', 'mail', 'note', 'order', 'refund', 'usage']);
  expect(new Set(entries.map(({ kind, id }) => `${kind}:${id}`)).size).toBe(entries.length);
  const times = entries.map(({ at }) => at.getTime());
  expect(times).toEqual([...times].sort((a, b) => b - a));
  expect(entries.find(({ kind }) => kind === 'note')).toMatchObject({
    text: 'Likes long answers',
    by: { id: person.session!.user.id },
  });
  expect(entries.filter(({ kind }) => kind === 'key').map((entry) => entry.keyName)).toContainEqual(
    expect.stringMatching(/^second …/),
  );
  expect(entries.find(({ kind }) => kind === 'usage')).toMatchObject({ requests: 1n, chargeNanoUsd: 17n });
  const sent = JSON.stringify(entries, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  expect(sent).not.toContain('CANARY');
  expect((await walk(person, 'look')).length).toBeGreaterThan(0);

  const kindsOf = async (role: NonNullable<StaffRole>) =>
    new Set((await walk((await staff(role)).person)).map(({ kind }) => kind));
  expect([...(await kindsOf('operator'))].sort()).toEqual(['key', 'note']);
  expect([...(await kindsOf('administrator'))]).not.toContain('change');
  expect([...(await kindsOf('finance'))]).not.toContain('mail');
  expect([...(await kindsOf('auditor'))]).not.toContain('key');
});

test('a note is never edited; its author and an administrator may withdraw it, and then nobody reads it', async () => {
  const [author, other, chief] = [await staff('support'), await staff('finance'), await staff('administrator')];
  const write = async (text: string) => (await author.caller.customer.writeNote({ organizationId, text })).id;
  const [first, second] = [await write('CANARY one'), await write('CANARY two')];
  await expect(other.caller.customer.withdrawNote({ noteId: first })).rejects.toMatchObject({ message: 'not_found' });
  await author.caller.customer.withdrawNote({ noteId: first });
  await chief.caller.customer.withdrawNote({ noteId: second });
  await expect(author.caller.customer.withdrawNote({ noteId: first })).rejects.toMatchObject({ message: 'not_found' });
  const notes = (await walk(author.person, 'note')).filter(({ id }) => id === first || id === second);
  expect(notes).toMatchObject([{ text: null, withdrawnBy: { id: chief.userId } }, { text: null }]);
  await expect(db.database.query(`UPDATE staff_note SET text = 'other' WHERE id = $1`, [first])).rejects.toThrow(
    /never edited/,
  );
  await expect(author.caller.customer.writeNote({ organizationId, text: 'x'.repeat(4_001) })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  await author.caller.customer.writeNote({ organizationId, text: '字'.repeat(4_000) });
});

test('suspending, and revoking all keys, is done for a reason that the page tells', async () => {
  const { caller } = await staff('administrator');
  await caller.customer.setSuspended({ organizationId, suspended: true, reason: 'stolen card' });
  expect(await caller.customer.read({ organizationId })).toMatchObject({
    ...{ isSuspended: true, suspension: { reason: 'stolen card' } },
    balance: { paidNanoUsd: expect.any(BigInt), grantedNanoUsd: 0n, setAsideNanoUsd: 0n },
    members: [{ email: 'foreign@example.com', role: 'owner' }],
    keys: { groups: [{ group: 'default' }] },
  });
  const suspended = await caller.customer.list({ part: 'suspended' });
  expect(suspended.customers.map(({ id }) => id)).toEqual([organizationId]);
  await caller.customer.setSuspended({ organizationId, suspended: false, reason: 'was a mistake' });
  expect((await caller.customer.list({ part: 'suspended' })).customers).toEqual([]);
  const { revoked } = await caller.customer.revokeKeys({ organizationId, reason: 'leaked' });
  expect(revoked).toBeGreaterThan(0);
  expect(await db.prisma.apiKey.count({ where: { organizationId, deletedAt: null } })).toBe(0);
  expect(await caller.customer.read({ organizationId })).toMatchObject({ keys: { live: 0 }, suspension: null });
  const audit = await db.prisma.auditLog.findMany({ where: { organizationId, action: 'apiKey.revoke' } });
  expect(audit.map(({ detail }) => (detail as { reason: string }).reason)).toEqual(Array(revoked).fill('leaked'));
});

test('the list has every customer once over its pages, also where few have a balance', async () => {
  const { caller } = await staff('finance');
  await db.database.query(
    `INSERT INTO organization (id, name, created_at) SELECT 'org_many' || n, 'Many ' || n, now() - (n / 3) * interval '1 hour'
     FROM generate_series(1, 460) n`,
  );
  await db.database.query(
    `INSERT INTO balance (organization_id, posted_nano_usd) SELECT 'org_many' || n, 5 FROM generate_series(3, 460, 5) n`,
  );
  const pages = async (question: { search?: string; part?: 'funded' | 'new' }) => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await caller.customer.list({ ...question, cursor });
      ids.push(...page.customers.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(ids).size).toBe(ids.length);
    return ids;
  };
  expect((await pages({})).length).toBe(await db.prisma.organization.count());
  expect((await pages({ search: 'MANY ' })).length).toBe(460);
  expect((await pages({ search: 'many 46' })).sort()).toEqual(['org_many46', 'org_many460']);
  expect((await pages({ part: 'funded', search: 'many' })).length).toBe(92);
  expect((await pages({ part: 'new', search: 'many' })).length).toBe(460);
  expect(await pages({ search: 'foreign@' })).toEqual([organizationId]);
});

async function mailTo(address: string): Promise<string> {
  const id = await world.newMail();
  await db.prisma.mail.update({ where: { id }, data: { toAddress: address } });
  return id;
}
