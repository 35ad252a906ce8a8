import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '#server/context.ts';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';

let db: TestDatabase;
let world: World;
let support: Context;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
  support = await world.personWith({ staffRole: 'support' });
});
afterAll(() => db.drop());

const opened = (target: string) => db.prisma.auditLog.findMany({ where: { action: 'mail.readSecret', target } });
const withSmtp = (context: Context): Context => ({
  ...context,
  deps: { ...context.deps, mail: { ...context.deps.mail, transport: { send: async () => 'sent' } } },
});

test('staff read a secret where mails are kept, and that they did is in the audit log', async () => {
  const [plain, secret] = [await world.newMail(), await world.newMail(true)];
  const caller = createCaller(support);
  await db.database.query(`UPDATE mail SET state = 'kept', ended_at = now(), next_attempt_at = NULL`);
  expect((await caller.mailbox.read({ mailId: plain })).body?.text).toBe('CANARY');
  expect(await opened(plain)).toEqual([]);
  expect((await caller.mailbox.read({ mailId: secret })).body?.text).toBe('CANARY');
  expect(await opened(secret)).toMatchObject([{ actorUserId: support.session!.user.id }]);
});

test('where there is SMTP a secret is nobody’s but its reader’s, and a list never says what a mail does', async () => {
  const mailId = await world.newMail(true);
  const caller = createCaller(withSmtp(support));
  const mail = await caller.mailbox.read({ mailId });
  expect(mail).toMatchObject({ id: mailId, isSensitive: true, body: undefined });
  expect(await opened(mailId)).toEqual([]);
  const list = await caller.mailbox.list({});
  expect(list.isKept).toBe(false);
  expect(JSON.stringify([mail, list])).not.toContain('CANARY');
  await expect(caller.mailbox.read({ mailId: 'eml_unknown' })).rejects.toMatchObject({ message: 'not_found' });
});

test('mails come page by page, and one that failed goes into the queue again by the word of somebody', async () => {
  const caller = createCaller(support);
  const failed = await world.newMail();
  await db.database.query(`UPDATE mail SET state = 'failed', ended_at = now(), next_attempt_at = NULL WHERE id = $1`, [
    failed,
  ]);
  for (let index = 0; index < 51; index++) await world.newMail();
  const first = await caller.mailbox.list({});
  expect(first.mails).toHaveLength(50);
  const second = await caller.mailbox.list({ cursor: first.nextCursor });
  expect(second.mails.map(({ id }) => id)).toContain(failed);
  expect(second.nextCursor).toBeUndefined();
  expect((await caller.mailbox.list({ state: 'failed' })).mails).toMatchObject([{ id: failed }]);
  expect(await caller.mailbox.retry({ mailId: failed })).toEqual({ isQueued: true });
  expect(await caller.mailbox.retry({ mailId: failed })).toEqual({ isQueued: false });
  expect(await db.prisma.auditLog.count({ where: { action: 'mail.retry', target: failed } })).toBe(1);
});
