import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeStripe, startFakeStripe } from './index.ts';

let fake: FakeStripe;
let stripe: Stripe;
let nowMs = Date.parse('2026-11-25T10:00:00Z');

beforeAll(async () => {
  fake = await startFakeStripe({ nowMs: () => nowMs });
  const { hostname: host, port } = new URL(fake.url);
  stripe = new Stripe(fake.secretKey, { host, port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
});
afterAll(() => fake.stop());

const wish = (amount = 990): Stripe.Checkout.SessionCreateParams => ({
  mode: 'payment',
  success_url: 'https://site.example/done',
  client_reference_id: 'ord_1',
  line_items: [{ quantity: 1, price_data: { currency: 'usd', unit_amount: amount, product_data: { name: 'Tokens' } } }],
  metadata: { order: 'ord_1' },
});
const open = (key: string, amount?: number) => stripe.checkout.sessions.create(wish(amount), { idempotencyKey: key });
const paid = async (key: string) => {
  const { id } = await open(key);
  fake.pay(id);
  return stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] });
};

test('a session is paid, and what it paid for comes whole where that is asked for', async () => {
  const session = await open('whole');
  expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 990, payment_intent: null });
  fake.pay(session.id);
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent.latest_charge'] });
  expect(done).toMatchObject({ status: 'complete', payment_status: 'paid', metadata: { order: 'ord_1' } });
  expect(done.payment_intent).toMatchObject({ amount_received: 990, latest_charge: { paid: true, amount: 990 } });
  const found = await stripe.checkout.sessions.list({
    payment_intent: (done.payment_intent as Stripe.PaymentIntent).id,
  });
  expect(found.data.map(({ id }) => id)).toEqual([session.id]);
});

test('the same key has the same answer, errors included, and another request under it is an error', async () => {
  const first = await open('same');
  expect((await open('same')).id).toBe(first.id);
  await expect(open('same', 991)).rejects.toMatchObject({ type: 'StripeIdempotencyError' });
  const session = await paid('refused');
  const intent = (session.payment_intent as Stripe.PaymentIntent).id;
  const tooMuch = () => stripe.refunds.create({ payment_intent: intent, amount: 991 }, { idempotencyKey: 'too much' });
  await expect(tooMuch()).rejects.toMatchObject({ type: 'StripeInvalidRequestError' });
  await expect(tooMuch()).rejects.toMatchObject({ type: 'StripeInvalidRequestError' });
  fake.forgetKeys();
  expect((await open('same')).id).not.toBe(first.id);
});

test('refunds add up to what was paid, and are refused beyond it', async () => {
  const session = await paid('refunds');
  const intent = (session.payment_intent as Stripe.PaymentIntent).id;
  await stripe.refunds.create({ payment_intent: intent, amount: 400, metadata: { mine: 'yes' } });
  await stripe.refunds.create({ payment_intent: intent });
  await expect(stripe.refunds.create({ payment_intent: intent })).rejects.toMatchObject({
    code: 'charge_already_refunded',
  });
  const { data } = await stripe.refunds.list({ payment_intent: intent });
  expect(data.map(({ amount, status }) => [amount, status])).toEqual([
    [590, 'succeeded'],
    [400, 'succeeded'],
  ]);
  expect(data[1]?.metadata).toEqual({ mine: 'yes' });
});

test('a lost reply is of a request that was done, and its key tells so', async () => {
  const session = await paid('lost');
  const intent = (session.payment_intent as Stripe.PaymentIntent).id;
  fake.mishaps('POST', '/v1/refunds', 'lose reply', 'lose reply', { status: 500 });
  const refund = () => stripe.refunds.create({ payment_intent: intent }, { idempotencyKey: 'lost refund' });
  await expect(refund()).rejects.toMatchObject({ type: 'StripeConnectionError' });
  await expect(refund()).rejects.toMatchObject({ type: 'StripeAPIError' });
  expect((await refund()).amount).toBe(990);
  expect((await stripe.refunds.list({ payment_intent: intent })).data).toHaveLength(1);
});

test('lists come page by page, the newest first, since a time', async () => {
  nowMs += 3_600_000;
  const since = Math.floor(nowMs / 1000);
  const ids: string[] = [];
  for (let index = 0; index < 25; index++) ids.push((await open(`page-${index}`)).id);
  const list = stripe.checkout.sessions.list({ created: { gte: since }, limit: 10 });
  const all = await list.autoPagingToArray({ limit: 1_000 });
  expect(all.map(({ id }) => id)).toEqual(ids.toReversed());
});

test('events are signed so that the library takes them, and no others', async () => {
  const event = fake.events.at(-1)!;
  const { rawBody, signature } = fake.sign(event, { atMs: Date.now() });
  expect(stripe.webhooks.constructEvent(rawBody, signature, fake.webhookSecret).id).toBe(event.id);
  const forged = fake.sign(event, { secret: 'whsec_another', atMs: Date.now() });
  expect(() => stripe.webhooks.constructEvent(forged.rawBody, forged.signature, fake.webhookSecret)).toThrow(
    'signature',
  );
});

test('a disputed payment cannot be refunded, an expired session not be paid, a foreign key does nothing', async () => {
  const session = await paid('disputed');
  const intent = (session.payment_intent as Stripe.PaymentIntent).id;
  const id = fake.dispute(session.id);
  expect((await stripe.disputes.list({ payment_intent: intent })).data[0]).toMatchObject({
    id,
    status: 'needs_response',
  });
  await expect(stripe.refunds.create({ payment_intent: intent })).rejects.toMatchObject({ code: 'charge_disputed' });
  const late = await open('late');
  nowMs += 25 * 3_600_000;
  expect((await stripe.checkout.sessions.retrieve(late.id)).status).toBe('expired');
  expect(() => fake.pay(late.id)).toThrow('expired');
  const { hostname: host, port } = new URL(fake.url);
  const stranger = new Stripe('sk_test_other', { host, port, protocol: 'http', maxNetworkRetries: 0 });
  await expect(stranger.refunds.list()).rejects.toMatchObject({ type: 'StripeAuthenticationError' });
});

test('the account of a key, and webhook endpoints, are told as Stripe tells them; a restricted key is refused with what it lacks', async () => {
  const account = await stripe.accounts.retrieveCurrent();
  expect(account).toMatchObject({ object: 'account', charges_enabled: true, country: 'DE' });
  expect(account.settings?.dashboard.display_name).toBe('Harbour Ltd');
  const id = fake.addEndpoint({ url: 'https://site.example/hook', events: ['refund.created'] });
  const [endpoint] = (await stripe.webhookEndpoints.list()).data;
  expect(endpoint).toMatchObject({
    id,
    object: 'webhook_endpoint',
    enabled_events: ['refund.created'],
    status: 'enabled',
  });
  expect(endpoint).not.toHaveProperty('secret');
  fake.forbid('webhook_endpoints');
  const refusal = await stripe.webhookEndpoints.list().catch((error: Stripe.errors.StripeError) => error);
  expect(refusal).toMatchObject({ type: 'StripePermissionError', rawType: 'invalid_request_error', statusCode: 403 });
  expect(refusal).toMatchObject({ message: expect.stringContaining("'rak_webhook_read'") });
  expect(String((refusal as Error).message)).not.toContain(fake.secretKey);
  fake.forbid();
});
