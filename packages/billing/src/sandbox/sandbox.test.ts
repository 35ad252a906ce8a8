import { databaseOf } from '@ai-bridge/db';
import { captureBatch, readBalance, verifyBooks } from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePlans, newClock, openOrder, secondPersonAboveNanoUsd, site, stateOf } from '../billing.fixture.ts';
import type { BillingDeps } from '../deps.ts';
import { receiveEvent } from '../events/receive-event.ts';
import { createOrder, orderTermMs } from '../orders/create-order.ts';
import { followOrder } from '../orders/follow-order.ts';
import { lookAtOrders } from '../orders/look-at-orders.ts';
import { chooseProviders } from '../payments/choose-providers.ts';
import { reconcile } from '../reconcile.ts';
import { approveRefund } from '../refunds/approve-refund.ts';
import { requestRefund } from '../refunds/request-refund.ts';
import { submitRefund } from '../refunds/submit-refund.ts';
import { endSandboxCheckout, readSandboxPayment } from './sandbox-provider.ts';

const clock = newClock();
const organizationId = 'org_sandbox';
let db: TestDatabase;
let deps: BillingDeps;

beforeAll(async () => {
  db = await createTestDatabase();
  // As the console has it: through its Prisma client.
  const database = databaseOf(db.prisma);
  const providers = chooseProviders({ database, clock, env: {}, siteUrl: site, isSandboxAllowed: true });
  deps = { database, providers, clock, secondPersonAboveNanoUsd, siteUrl: site };
  await makePlans(database);
});
afterAll(async () => {
  expect(await verifyBooks(db.database)).toEqual([]);
  await db.drop();
});

test('without keys a purchase goes the same way: checkout, payment, credit, refund', async () => {
  const order = await openOrder(deps, organizationId);
  expect(order).toMatchObject({
    provider: 'sandbox',
    livemode: false,
    checkoutUrl: `/console/checkout/${order.sessionId}`,
  });
  expect(await readSandboxPayment(db.database, order.sessionId)).toMatchObject({ amountMinor: 990n, status: 'open' });
  expect(await endSandboxCheckout(db.database, order.sessionId, 'paid')).toBe(true);
  expect(await endSandboxCheckout(db.database, order.sessionId, 'paid')).toBe(false);
  expect(await Promise.all([followOrder(deps, order.id), followOrder(deps, order.id)])).toEqual(['paid', 'paid']);
  const charge = { requestId: 'req_1', organizationId, chargeNanoUsd: 5_000_000_000n };
  await captureBatch(db.database, { workerId: 'w', charges: [charge] });
  const asked = await requestRefund(deps, { orderId: order.id, organizationId, actor: { userId: 'usr_1' } });
  await approveRefund(deps, { refundId: asked.id, reason: 'unused', actor: { userId: 'usr_2' } });
  expect(await submitRefund(deps, asked.id)).toMatchObject({ state: 'succeeded', amountMinor: 495n });
  expect(await followOrder(deps, order.id)).toBe('partially_refunded');
  expect(await readBalance(db.database, organizationId)).toMatchObject({ postedNanoUsd: 0n });
});

test('a payment that the sandbox declines is over, and nothing is credited for it', async () => {
  const declined = 'org_sandbox_declined';
  const order = await openOrder(deps, declined);
  expect(await endSandboxCheckout(db.database, order.sessionId, 'declined')).toBe(true);
  expect(await endSandboxCheckout(db.database, order.sessionId, 'paid')).toBe(false);
  expect(await followOrder(deps, order.id)).toBe('canceled');
  expect((await readBalance(db.database, declined)).postedNanoUsd).toBe(0n);
});

test('a sandbox checkout that nobody pays expires with its order, and then cannot be paid', async () => {
  const order = await openOrder(deps, organizationId);
  clock.aheadMs = orderTermMs + 1_000;
  await lookAtOrders(deps);
  clock.aheadMs = 0;
  expect(await stateOf(deps, order.id)).toBe('expired');
  expect(await endSandboxCheckout(db.database, order.sessionId, 'paid')).toBe(false);
  expect(await reconcile(deps)).toMatchObject({ differingOrders: 0 });
});

test('where neither keys nor the sandbox are set up nothing can be bought, and no event is taken', async () => {
  const providers = chooseProviders({ database: db.database, clock, env: {}, siteUrl: site, isSandboxAllowed: false });
  const closed = { ...deps, providers };
  const wish = { organizationId, userId: undefined, clientKey: 'click_closed', wish: { planId: 'starter' } };
  await expect(createOrder(closed, wish)).rejects.toMatchObject({ code: 'payments_unavailable' });
  const event = { provider: 'stripe', rawBody: Buffer.from('{}'), signature: 't=1,v1=1' } as const;
  await expect(receiveEvent(closed, event)).rejects.toMatchObject({ code: 'payments_unavailable' });
  await expect(receiveEvent(deps, { ...event, provider: 'sandbox' })).rejects.toMatchObject({ code: 'event_invalid' });
});
