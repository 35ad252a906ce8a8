import { randomBytes } from 'node:crypto';
import type { Database } from '@ai-bridge/db';
import { verifyBooks } from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { type FakeStripe, startFakeStripe } from '@ai-bridge/testing/stripe';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import type { BillingDeps } from './deps.ts';
import { applyEvents } from './events/apply-events.ts';
import { receiveEvent } from './events/receive-event.ts';
import { createOrder } from './orders/create-order.ts';
import { followOrder } from './orders/follow-order.ts';
import { findOrder, type Order } from './orders/order-row.ts';
import { chooseProviders } from './payments/choose-providers.ts';

/** A clock that tests set ahead. */
export function newClock() {
  const made = { aheadMs: 0, now: () => Date.now() + made.aheadMs, monotonicMs: () => performance.now() };
  return made;
}

/** The clock of the shop; each file's shop begins at the real time. */
export const clock = newClock();

export const site = 'http://site.example';
export const secondPersonAboveNanoUsd = 20_000_000_000n;

export function stripeDeps(database: Database, stripe: FakeStripe): BillingDeps {
  const env = {
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    STRIPE_API_BASE: stripe.url,
  };
  const providers = chooseProviders({ database, clock, env, siteUrl: site, isSandboxAllowed: false });
  return { database, providers, clock, secondPersonAboveNanoUsd, siteUrl: site };
}

export const newClientKey = () => `click_${randomBytes(8).toString('hex')}`;

/** 10,000,000 tokens for 9.90 USD; the big one above what one person may give back. */
export async function makePlans(database: Database): Promise<void> {
  await database.query(
    `INSERT INTO plan (id, display_name, tokens, bonus_tokens, amount_minor, currency, display_order, active_from, active_until, enabled)
     VALUES ('starter', 'Starter', 10000000, 0, 990, 'usd', 2, NULL, NULL, true),
            ('big', NULL, 30000000, 3000000, 2500, 'eur', 1, now() - interval '1 d', now() + interval '99 y', true),
            ('over', NULL, 1000000, 0, 100, 'usd', 3, NULL, now() - interval '1 d', true),
            ('gift', NULL, 1000000, 0, 0, 'usd', 4, NULL, NULL, true),
            ('hidden', NULL, 1000000, 0, 100, 'usd', 5, NULL, NULL, false)`,
  );
}

/** A database of its own, a Stripe of its own, plans on sale, and an organization that nothing was done for yet. */
export interface Shop {
  readonly db: TestDatabase;
  readonly stripe: FakeStripe;
  readonly deps: BillingDeps;
  readonly organizationId: string;
}

/**
 * Opens a shop for the tests of a file, and closes it on sound books.
 * @param name of the organizations, one a test @param enter called before every test with the shop and that test's organization
 */
export function withShop(name: string, connections: number, enter: (shop: Shop) => void): void {
  let db: TestDatabase;
  let stripe: FakeStripe;
  let deps: BillingDeps;
  let counter = 0;
  beforeAll(async () => {
    db = await createTestDatabase(connections);
    clock.aheadMs = 0;
    stripe = await startFakeStripe({ nowMs: clock.now });
    deps = stripeDeps(db.database, stripe);
    await makePlans(db.database);
  });
  beforeEach(() => enter({ db, stripe, deps, organizationId: `org_${name}_${++counter}` }));
  afterAll(async () => {
    expect(await verifyBooks(db.database)).toEqual([]);
    await stripe.stop();
    await db.drop();
  });
}

/** An organization with an owner who reads English, and a viewer, who is told nothing. */
export async function makeOrganization(database: Database, organizationId: string): Promise<void> {
  await database.query(
    `INSERT INTO "user" (id, email, name, locale)
     VALUES ('usr_owner', 'owner@example.com', 'Owner', 'en'), ('usr_viewer', 'viewer@example.com', 'Viewer', 'en')
     ON CONFLICT DO NOTHING`,
  );
  await database.query(`INSERT INTO organization (id, name, status) VALUES ($1, 'Acme', 'active')`, [organizationId]);
  await database.query(
    `INSERT INTO member (organization_id, user_id, role) VALUES ($1, 'usr_owner', 'owner'), ($1, 'usr_viewer', 'viewer')`,
    [organizationId],
  );
}

/** An order of a plan, opened at its provider. */
export async function openOrder(
  deps: BillingDeps,
  organizationId: string,
  planId = 'starter',
): Promise<Order & { sessionId: string }> {
  const { orderId } = await createOrder(deps, {
    organizationId,
    userId: 'usr_buyer',
    clientKey: newClientKey(),
    wish: { planId },
  });
  const order = await findOrder(deps.database, orderId);
  if (!order?.sessionId) throw new Error('the order was not opened');
  return { ...order, sessionId: order.sessionId };
}

/** The same, paid and credited. */
export async function buy(deps: BillingDeps, stripe: FakeStripe, organizationId: string, planId = 'starter') {
  const order = await openOrder(deps, organizationId, planId);
  stripe.pay(order.sessionId);
  await followOrder(deps, order.id);
  return order;
}

/** Receives signed events and applies them. */
export async function tell(deps: BillingDeps, ...signed: { rawBody: Buffer; signature: string }[]): Promise<void> {
  for (const { rawBody, signature } of signed) await receiveEvent(deps, { provider: 'stripe', rawBody, signature });
  while ((await applyEvents(deps)) > 0);
}

export const stateOf = async (deps: BillingDeps, orderId: string) => (await findOrder(deps.database, orderId))?.state;

export async function alarmKinds(database: Database, subject: string): Promise<string[]> {
  const rows = await database.query<{ kind: string }>(
    'SELECT kind FROM payment_alarm WHERE subject = $1 ORDER BY kind',
    [subject],
  );
  return rows.map(({ kind }) => kind);
}
