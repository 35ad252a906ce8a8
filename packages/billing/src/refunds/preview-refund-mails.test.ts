import { beforeEach, expect, test } from 'vitest';
import { clock, makeOrganization, type Shop, withShop } from '../billing.fixture.ts';
import { approveRefund } from './approve-refund.ts';
import { cancelRefund } from './cancel-refund.ts';
import { type ImaginedDecision, previewRefundMails } from './preview-refund-mails.ts';
import { type RefundActs, refundActs } from './refund-acts.fixture.ts';
import { readRefund } from './refund-row.ts';
import { submitRefund } from './submit-refund.ts';

let shop = {} as Shop;
let acts = {} as RefundActs;
withShop('previews', 10, (entered) => {
  shop = entered;
  acts = refundActs(shop);
  clock.aheadMs = 0;
  shop.stripe.refundsBecome('succeeded');
});

const reason = 'The status page says <what> happened';
const actor = { userId: 'usr_support' };

beforeEach(async () => {
  await makeOrganization(shop.db.database, shop.organizationId);
  await shop.db.database.query(
    `INSERT INTO "user" (id, email, name, locale) VALUES ('usr_books', 'books@example.com', 'Books', 'zh') ON CONFLICT DO NOTHING`,
  );
  // Who came first is written to first, and both could come within one millisecond.
  await shop.db.database.query(
    `INSERT INTO member (organization_id, user_id, role, created_at) VALUES ($1, 'usr_books', 'billing', now() + interval '1 second')`,
    [shop.organizationId],
  );
});

interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The mails of a template that were queued, without what switches them off. */
async function queued(template: string): Promise<Mail[]> {
  const rows = await shop.db.database.query<Mail & { token: string }>(
    `SELECT m.to_address AS "to", m.subject, m.text, m.html, u.mail_token::text AS token
     FROM mail m JOIN "user" u ON u.email = m.to_address WHERE m.organization_id = $1 AND m.template = $2
     ORDER BY m.to_address DESC`,
    [shop.organizationId, template],
  );
  return rows.map(({ to, subject, text, html, token }) => {
    expect(text).toContain(token);
    return { to, subject, text: text.replaceAll(token, 'hidden'), html: html.replaceAll(token, 'hidden') };
  });
}

async function previewed(decision: ImaginedDecision): Promise<Mail[]> {
  const mails = await previewRefundMails(shop.deps, decision);
  return mails.map(({ to, content: { subject, text, html } }) => ({ to, subject, text, html }));
}

async function asked(): Promise<string> {
  const { id } = await acts.ask((await acts.bought()).id);
  return id;
}

test('a preview is the very mail that is sent afterwards, to the same people in their own languages', async () => {
  const refundId = await asked();
  for (const tellsReason of [false, true]) {
    const mails = await previewed({ refundId, end: 'succeeded', amountMinor: 495n, reason, tellsReason });
    expect(mails.map(({ text }) => text.includes(reason))).toEqual([tellsReason, tellsReason]);
  }
  const preview = await previewed({ refundId, end: 'succeeded', amountMinor: 495n, reason, tellsReason: true });
  await approveRefund(shop.deps, { refundId, amountMinor: 495n, reason, tellsReason: true, actor });
  await submitRefund(shop.deps, refundId);
  expect(preview.map(({ to }) => to)).toEqual(['owner@example.com', 'books@example.com']);
  expect(preview.map(({ subject }) => subject)).toEqual(['$4.95 refunded', '已退款 US$4.95']);
  expect(preview).toEqual(await queued('refund-succeeded'));
});

test('the preview of a refusal carries the reason as it is sent, and there is none without a reason', async () => {
  const refundId = await asked();
  const decision = { refundId, end: 'declined', amountMinor: 1n, tellsReason: false } as const;
  expect(await previewed({ ...decision, reason: '' })).toEqual([]);
  const preview = await previewed({ ...decision, reason });
  await cancelRefund(shop.deps, { refundId, reason, actor });
  expect(preview[0]?.text).toContain(reason);
  expect(preview[0]?.text).toContain('$9.90');
  expect(preview).toEqual(await queued('refund-declined'));
});

test('the preview of what the provider refuses is what its refusal sends, and what was said in approving is not in it', async () => {
  const refundId = await asked();
  const preview = await previewed({ refundId, end: 'failed', amountMinor: 990n, reason, tellsReason: true });
  await approveRefund(shop.deps, { refundId, reason, tellsReason: true, actor });
  shop.stripe.refundsBecome('failed');
  await submitRefund(shop.deps, refundId);
  expect(preview[0]?.text).not.toContain(reason);
  expect(preview).toEqual(await queued('refund-failed'));
});

test('looking queues nothing, shows nobody’s own link, and is over with the decision', async () => {
  const refundId = await asked();
  const { database } = shop.db;
  const count = async () => (await database.query('SELECT id FROM mail')).length;
  const before = await count();
  const decision = { refundId, end: 'succeeded', amountMinor: 1n, reason, tellsReason: false } as const;
  const mails = await previewed(decision);
  expect(await count()).toBe(before);
  const tokens = await database.query<{ token: string }>('SELECT mail_token::text AS token FROM "user"');
  for (const { text, html } of mails)
    for (const { token } of tokens) expect([text.includes(token), html.includes(token)]).toEqual([false, false]);
  await database.query(`UPDATE "user" SET mails_off = '{refunds}' WHERE id = 'usr_books'`);
  expect((await previewed(decision)).map(({ to }) => to)).toEqual(['owner@example.com']);
  await database.query(`UPDATE "user" SET mails_off = '{}' WHERE id = 'usr_books'`);
  await cancelRefund(shop.deps, { refundId, reason, actor });
  await expect(previewRefundMails(shop.deps, decision)).rejects.toMatchObject({ code: 'refund_closed' });
});

test('the reason of an approval is the staff’s alone where nobody said otherwise', async () => {
  const refundId = await asked();
  await approveRefund(shop.deps, { refundId, reason, actor });
  await submitRefund(shop.deps, refundId);
  const sent = await queued('refund-succeeded');
  expect(sent).toHaveLength(2);
  for (const { text } of sent) expect(text).not.toContain(reason);
});

test('where the provider calls an approved refund off, what was said in approving it reaches nobody', async () => {
  const refundId = await asked();
  await approveRefund(shop.deps, { refundId, reason, tellsReason: true, actor });
  shop.stripe.refundsBecome('canceled');
  await submitRefund(shop.deps, refundId);
  expect(await readRefund(shop.db.database, refundId)).toMatchObject({ state: 'cancelled', tellsReason: false });
  const rows = await shop.db.database.query<{ text: string }>('SELECT text FROM mail WHERE organization_id = $1', [
    shop.organizationId,
  ]);
  for (const { text } of rows) expect(text).not.toContain(reason);
});
