import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { type FakeSmtp, startFakeSmtp } from '@ai-bridge/testing/smtp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { deliverMail, forgetOldMail, type MailDeps, maxMailAttempts } from './deliver-mail.ts';
import { readLastMail } from './last-sent.ts';
import { listMail, readMail, retryMail } from './mailbox.ts';
import { queueMail } from './queue-mail.ts';
import { readMailQueueState } from './queue-state.ts';
import type { RenderedMail } from './rendered-mail.ts';
import { readSmtpSettings } from './smtp/smtp-settings.ts';
import { createSmtpTransport } from './smtp/smtp-transport.ts';

let db: TestDatabase;
let smtp: FakeSmtp;
let counter = 0;
let aheadMs = 0;
const clock = { now: () => Date.now() + aheadMs, monotonicMs: () => performance.now() };
const day = 24 * 60 * 60_000;

beforeAll(async () => {
  db = await createTestDatabase(20);
  smtp = await startFakeSmtp();
});
afterAll(async () => {
  await smtp.stop();
  await db.drop();
});
beforeEach(async () => {
  aheadMs = 0;
  await db.database.query('DELETE FROM mail');
});

const withSmtp = (url = smtp.url): MailDeps => {
  const settings = readSmtpSettings({ SMTP_URL: url, MAIL_FROM: 'Bridge <no-reply@bridge.example>' });
  return { database: db.database, clock, transport: settings && createSmtpTransport(settings) };
};
const without = (): MailDeps => ({ database: db.database, clock, transport: undefined });
const content = (more: Partial<RenderedMail> = {}): RenderedMail => ({
  ...{ template: 'test', locale: 'en', subject: 'Hello, 世界', isSensitive: false },
  ...{ text: 'The text CANARY\n.\nends', html: '<p>The <b>html</b> CANARY</p>', ...more },
});
async function queued(more: Partial<RenderedMail> = {}) {
  const to = `reader-${++counter}@example.com`;
  await queueMail(db.database, { fact: `fact:${counter}`, to, content: content(more) }, new Date(clock.now()));
  const [mail] = await listMail(db.database, { address: to, limit: 1 });
  return mail!;
}
const read = (id: string, hasSmtp = true) => readMail(db.database, { id, hasSmtp });
const sentTo = (to: string) => smtp.received.filter((mail) => mail.to.includes(to));

test('a mail arrives as it was written, from whom it says, and named so that copies are known', async () => {
  const { id, to } = await queued();
  expect(await deliverMail(withSmtp())).toBe(1);
  expect(await read(id)).toMatchObject({
    state: 'sent',
    attempts: 1,
    lastError: null,
    body: { text: content().text, html: content().html },
  });
  const [mail] = sentTo(to);
  expect(mail).toMatchObject({ from: 'no-reply@bridge.example', to: [to] });
  expect(mail!.raw).toContain(`Message-ID: <${id}@bridge.example>`);
  expect(mail!.raw).toMatch(/^From: Bridge <no-reply@bridge\.example>/m);
  expect(mail!.raw).toMatch(/auto-submitted: auto-generated/i);
  expect(mail!.raw).toContain('multipart/alternative');
});

test('a fact mails a person once, however often it is queued, and not at all where its transaction fails', async () => {
  const mail = { fact: 'order:1:paid', to: 'once@example.com', content: content() };
  const all = await Promise.all(Array.from({ length: 20 }, () => queueMail(db.database, mail, new Date())));
  expect(all.filter(Boolean)).toHaveLength(1);
  expect(await queueMail(db.database, { ...mail, to: 'another@example.com' }, new Date())).toBe(true);
  const failing = db.database.transaction(async (sql) => {
    await queueMail(sql, { ...mail, fact: 'order:2:paid' }, new Date());
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await listMail(db.database, { address: 'example.com', limit: 10 })).toHaveLength(2);
});

test('twenty deliverers at once send each mail once', async () => {
  const mails = [];
  for (let index = 0; index < 12; index++) mails.push(await queued());
  const taken = await Promise.all(Array.from({ length: 20 }, () => deliverMail(withSmtp())));
  expect(taken.reduce((sum, one) => sum + one, 0)).toBe(12);
  for (const { to } of mails) expect(sentTo(to)).toHaveLength(1);
});

test('what the server cannot do now is tried later, each time after a longer while, and at last given up', async () => {
  const { id, to } = await queued();
  const waits: number[] = [];
  for (let attempt = 1; attempt <= maxMailAttempts; attempt++) {
    smtp.mishaps('RCPT', '451 later');
    expect(await deliverMail(withSmtp())).toBe(1);
    const mail = await read(id);
    expect(mail?.lastError).toContain('451 later');
    if (!mail?.nextAttemptAt) break;
    expect(await deliverMail(withSmtp())).toBe(0);
    waits.push(Math.round((mail.nextAttemptAt.getTime() - clock.now()) / 30_000));
    aheadMs += mail.nextAttemptAt.getTime() - clock.now() + 1;
  }
  expect(waits.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 64, 120]);
  expect(waits).toHaveLength(maxMailAttempts - 1);
  expect(await read(id)).toMatchObject({ state: 'failed', attempts: maxMailAttempts });
  expect(await retryMail(db.database, id, new Date(clock.now()))).toBe(true);
  expect(await retryMail(db.database, id, new Date(clock.now()))).toBe(false);
  await deliverMail(withSmtp());
  expect(await read(id)).toMatchObject({ state: 'sent' });
  expect(sentTo(to)).toHaveLength(1);
});

test('a recipient that the server refuses is given up at once; a refused sign-in, a closed port and a lost reply are not', async () => {
  const gone = await queued();
  smtp.mishaps('RCPT', '550 no such user');
  await deliverMail(withSmtp());
  expect(await read(gone.id)).toMatchObject({ state: 'failed', attempts: 1 });

  const waiting = await queued();
  smtp.mishaps('AUTH', '535 wrong password');
  await deliverMail(withSmtp(smtp.url.replace('//', '//user:CANARY-PASSWORD@')));
  const tried = await read(waiting.id);
  expect(tried).toMatchObject({ state: 'queued', attempts: 1 });
  expect(tried?.lastError).not.toContain('CANARY');
  aheadMs += day;
  await deliverMail(withSmtp('smtp://127.0.0.1:1'));
  expect(await read(waiting.id)).toMatchObject({ state: 'queued', attempts: 2 });
  aheadMs += day;
  smtp.mishaps('.', 'hang up');
  await deliverMail(withSmtp());
  expect(await read(waiting.id)).toMatchObject({ state: 'queued', attempts: 3 });
  aheadMs += day;
  await deliverMail(withSmtp());
  expect(await read(waiting.id)).toMatchObject({ state: 'sent' });
  const copies = sentTo(waiting.to).map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1]);
  expect(new Set(copies)).toEqual(new Set([`<${waiting.id}@bridge.example>`]));
});

test('without SMTP mails are kept, and read by staff, secrets too', async () => {
  const [plain, secret] = [await queued(), await queued({ isSensitive: true })];
  expect(await deliverMail(without())).toBe(2);
  for (const { id } of [plain, secret])
    expect(await read(id, false)).toMatchObject({ state: 'kept', body: { text: content().text } });
});

test('a secret is never read by staff where there is SMTP: not while it waits, and not after, when it is gone', async () => {
  const [sent, failed, kept] = [
    await queued({ isSensitive: true }),
    await queued({ isSensitive: true }),
    await queued({ isSensitive: true }),
  ];
  await db.database.query(`UPDATE mail SET next_attempt_at = now() + interval '1 d' WHERE id <> $1`, [sent.id]);
  expect((await read(sent.id))?.body).toBeUndefined();
  await deliverMail(withSmtp());
  await db.database.query('UPDATE mail SET next_attempt_at = now() WHERE id = $1', [failed.id]);
  smtp.mishaps('RCPT', '550 no');
  await deliverMail(withSmtp());
  aheadMs = 2 * day;
  await deliverMail(without());
  expect((await read(kept.id))?.body).toBeUndefined();
  await forgetOldMail(withSmtp());
  const rows = await db.database.query<{ state: string; text: string | null; html: string | null }>(
    'SELECT state, text, html FROM mail ORDER BY array_position($1::text[], id)',
    [[sent.id, failed.id, kept.id]],
  );
  expect(rows).toEqual(['sent', 'failed', 'kept'].map((state) => ({ state, text: null, html: null })));
  expect(await retryMail(db.database, failed.id, new Date())).toBe(false);
  const back = db.database.query(`UPDATE mail SET text = 'a', html = 'b' WHERE id = $1`, [sent.id]);
  await expect(back).rejects.toThrow('mail_secret_gone');
});

test('mails are found by a part of an address and by their state, page by page, and forgotten after half a year', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 5; index++) ids.push((await queued()).id);
  const found: string[] = [];
  for (let before: string | undefined; ; ) {
    const page = await listMail(db.database, { address: 'READER-', state: 'queued', before, limit: 2 });
    found.push(...page.map(({ id }) => id));
    before = page.at(-1)?.id;
    if (page.length < 2) break;
  }
  expect(found).toEqual(ids.toSorted().reverse());
  expect(await listMail(db.database, { address: '%', limit: 10 })).toEqual([]);
  expect(await listMail(db.database, { address: '', state: 'sent', limit: 10 })).toEqual([]);
  await deliverMail(without());
  await queued();
  aheadMs = 181 * day;
  await forgetOldMail(without());
  expect(await listMail(db.database, { address: '', limit: 10 })).toMatchObject([{ state: 'queued' }]);
});

test('the queue tells what waits, for how long, and what was given up on in the last day', async () => {
  const state = () => readMailQueueState(db.database, new Date(clock.now()));
  expect(await state()).toEqual({ waiting: 0, oldestWaitingSeconds: null, failed: 0 });
  await queued();
  aheadMs = 60_000;
  await queued();
  const { oldestWaitingSeconds, ...rest } = await state();
  expect(rest).toEqual({ waiting: 2, failed: 0 });
  expect(oldestWaitingSeconds).toBeGreaterThanOrEqual(59);
  await db.database.query(`UPDATE mail SET state = 'failed', next_attempt_at = NULL, ended_at = $1`, [
    new Date(clock.now()),
  ]);
  expect(await state()).toEqual({ waiting: 0, oldestWaitingSeconds: null, failed: 2 });
  aheadMs = 60_000 + day + 1;
  expect(await state()).toMatchObject({ failed: 0 });
});

test('the last mail of a kind is found, and none where there was none', async () => {
  expect(await readLastMail(db.database, 'test')).toBeUndefined();
  await queued();
  await queued();
  await deliverMail(without());
  expect(await readLastMail(db.database, 'test')).toMatchObject({ state: 'kept' });
  expect(await readLastMail(db.database, 'other')).toBeUndefined();
});
