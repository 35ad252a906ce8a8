import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { applyEvents, type BillingDeps, chooseProviders, createOrder, listPriceTerms } from '@ai-bridge/billing';
import { systemClock } from '@ai-bridge/domain';
import { readBalance } from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { type FakeStripe, startFakeStripe } from '@ai-bridge/testing/stripe';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { stripeWebhook } from './stripe-webhook.ts';

let db: TestDatabase;
let stripe: FakeStripe;
let server: http.Server;
let endpoint = '';
let billing: BillingDeps;
let unset: BillingDeps;
let received = 0;
const errors: unknown[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  stripe = await startFakeStripe();
  const env = {
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    STRIPE_API_BASE: stripe.url,
  };
  const of = { database: db.database, clock: systemClock, siteUrl: 'http://site.example', isSandboxAllowed: false };
  const rest = { database: db.database, clock: systemClock, secondPersonAboveNanoUsd: 0n, siteUrl: '' };
  billing = { ...rest, providers: chooseProviders({ ...of, env }) };
  unset = { ...rest, providers: chooseProviders({ ...of, env: {} }) };
  server = http.createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request = new Request(`http://site.example${incoming.url}`, {
      method: 'POST',
      headers: incoming.headers as Record<string, string>,
      body: new Uint8Array(Buffer.concat(chunks)),
    });
    const answer = await stripeWebhook(
      {
        billing: incoming.url === '/unset' ? unset : incoming.url === '/broken' ? broken() : billing,
        onReceived: () => received++,
        onError: (error) => errors.push(error),
      },
      request,
    );
    outgoing.writeHead(answer.status).end(await answer.text());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await stripe.stop();
  await db.drop();
});
beforeEach(() => {
  received = 0;
});

const broken = (): BillingDeps => ({
  ...billing,
  database: { ...billing.database, transaction: () => Promise.reject(new Error('the database is away')) },
});

async function paidOrder(organizationId: string) {
  const wish = { amountMinor: 990n, terms: listPriceTerms };
  const order = { organizationId, userId: undefined, clientKey: `click_${organizationId}`, wish };
  const { checkoutUrl } = await createOrder(billing, order);
  stripe.pay(checkoutUrl.split('/').at(-1) ?? '');
  return stripe.events.at(-1)!;
}

async function post(body: string | Uint8Array<ArrayBuffer>, signature?: string, path = ''): Promise<number> {
  const headers = signature === undefined ? {} : { 'stripe-signature': signature };
  const answer = await fetch(`${endpoint}${path}`, { method: 'POST', headers, body, redirect: 'manual' });
  await answer.arrayBuffer();
  return answer.status;
}

test('a signed event is kept, told of once, and credits its order once, however often it is sent', async () => {
  const event = await paidOrder('org_webhook');
  expect(await stripe.deliver(event, endpoint)).toBe(200);
  expect(await stripe.deliver(event, endpoint)).toBe(200);
  expect(received).toBe(1);
  while ((await applyEvents(billing)) > 0);
  expect((await readBalance(db.database, 'org_webhook')).postedNanoUsd).toBe(9_900_000_000n);
});

test('an event that is forged, old, unsigned or signed by nothing is a 400, and nothing is kept', async () => {
  const event = await paidOrder('org_forged');
  const { rawBody, signature } = stripe.sign(event);
  const bytes = new Uint8Array(rawBody);
  const text = rawBody.toString('utf8');
  const before = await db.prisma.paymentEvent.count();
  expect(await post(bytes)).toBe(400);
  expect(await post(bytes, '')).toBe(400);
  expect(await post(bytes, stripe.sign(event, { secret: 'whsec_another_secret_1' }).signature)).toBe(400);
  expect(await post(bytes, stripe.sign(event, { secret: ' ' }).signature)).toBe(400);
  expect(await post(bytes, stripe.sign(event, { atMs: Date.now() - 10 * 60_000 }).signature)).toBe(400);
  expect(await post(text.replace('990', '991'), signature)).toBe(400);
  expect(await post(JSON.stringify(JSON.parse(text)), signature)).toBe(400);
  expect(await db.prisma.paymentEvent.count()).toBe(before);
  expect(received).toBe(0);
});

test('a body above the bound is a 413, however it is signed', async () => {
  const large = { object: 'event', filler: 'x'.repeat(600_000) };
  const { rawBody, signature } = stripe.sign(large);
  expect(await post(new Uint8Array(rawBody), signature)).toBe(413);
});

test('what Stripe should send again is a 5xx: a database that is away, a site that takes no card', async () => {
  const { rawBody, signature } = stripe.sign(await paidOrder('org_away'));
  expect(await post(new Uint8Array(rawBody), signature, '/broken')).toBe(500);
  expect(String(errors.at(-1))).toContain('the database is away');
  expect(await post(new Uint8Array(rawBody), signature, '/unset')).toBe(503);
  expect(await post(new Uint8Array(rawBody), signature)).toBe(200);
});
