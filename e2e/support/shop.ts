import fs from 'node:fs';
import path from 'node:path';
import { registerUser, type StaffRole } from '@ai-bridge/access';
import {
  type BillingDeps,
  chooseProviders,
  createOrder,
  defaultSecondPersonAboveNanoUsd,
  endSandboxCheckout,
  findOrder,
  followOrder,
  requestRefund,
} from '@ai-bridge/billing';
import { type Database, openPool, openPrisma, type PrismaClient } from '@ai-bridge/db';
import { newId, systemClock } from '@ai-bridge/domain';
import { captureBatch } from '@ai-bridge/ledger';

const address = (port: number) => `postgresql://bridge@127.0.0.1:${port}/bridge`;
const portLine = 3;

/** What is sold here: 10,000,000 tokens for 9.90 USD, and more than one person may pay back. */
const plans = {
  starter: { tokens: 10_000_000n, amountMinor: 990n },
  big: { tokens: 200_000_000n, amountMinor: 19_900n },
};

/** The shop of the product under test, by its own verbs on its own database. */
export interface Shop {
  readonly database: Database;
  readonly prisma: PrismaClient;
  readonly billing: BillingDeps;
}

/** Opens the embedded database of the product under test for some work. */
export async function inShop<Result>(work: (shop: Shop) => Promise<Result>): Promise<Result> {
  const folder = path.join(process.env.DATA_DIR ?? '', 'postgres');
  const lock = fs.readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n');
  const database = openPool({ url: address(Number(lock[portLine])), maxConnections: 2, applicationName: 'e2e' });
  const clock = systemClock;
  const providers = chooseProviders({ database, clock, env: {}, siteUrl: '', isSandboxAllowed: true });
  const billing = {
    database,
    clock,
    providers,
    siteUrl: '',
    secondPersonAboveNanoUsd: defaultSecondPersonAboveNanoUsd,
  };
  try {
    return await work({ database, prisma: openPrisma(database.pool), billing });
  } finally {
    await database.close();
  }
}

/** Somebody of the staff, as the tests make them. */
export async function newStaff(staffRole: StaffRole) {
  const id = newId('usr');
  const person = { name: `Staff ${id}`, email: `${id}@example.com`, password: `long enough ${id}` };
  await inShop(async ({ prisma }) => {
    await registerUser(prisma, person);
    await prisma.user.update({ where: { email: person.email }, data: { staffRole } });
  });
  return person;
}

/** Buys a plan for who has this e-mail, paid in the sandbox. @returns the order's id */
export function buy(email: string, plan: keyof typeof plans = 'starter'): Promise<string> {
  return inShop(async ({ database, prisma, billing }) => {
    const { user, organizationId } = await prisma.member.findFirstOrThrow({
      where: { user: { email } },
      select: { organizationId: true, user: { select: { id: true } } },
    });
    const planId = newId('ord').slice(4);
    await prisma.plan.create({ data: { id: planId, displayName: `Plan ${plan}`, currency: 'usd', ...plans[plan] } });
    const clientKey = newId('req');
    const { orderId } = await createOrder(billing, { organizationId, userId: user.id, clientKey, wish: { planId } });
    await endSandboxCheckout(database, (await findOrder(database, orderId))?.sessionId ?? '', 'paid');
    await followOrder(billing, orderId);
    await prisma.plan.update({ where: { id: planId }, data: { enabled: false } });
    return orderId;
  });
}

/** Asks for all that is unused of an order, as its customer does. @returns the refund's id */
export function askRefund(orderId: string): Promise<string> {
  return inShop(async ({ database, billing }) => {
    const order = await findOrder(database, orderId);
    if (!order) throw new Error(`there is no order ${orderId}`);
    const { organizationId, createdByUserId } = order;
    const actor = { userId: createdByUserId ?? undefined };
    return (await requestRefund(billing, { orderId, organizationId, reason: 'Bought too much', actor })).id;
  });
}

/** An order that was paid, and one of which a refund was asked for. */
export async function newOrders(email: string) {
  const [paid, orderId] = [await buy(email), await buy(email)];
  return { paid, asked: { orderId, refundId: await askRefund(orderId) } };
}

/** A mail that this product has written. @returns its id */
export function anyMail(): Promise<string> {
  return inShop(async ({ database }) => {
    const [mail] = await database.query<{ id: string }>('SELECT id FROM mail ORDER BY id DESC LIMIT 1');
    return mail?.id ?? '';
  });
}

/** The organization of who has this e-mail. */
export function organizationOf(email: string): Promise<string> {
  return inShop(
    async ({ prisma }) => (await prisma.member.findFirstOrThrow({ where: { user: { email } } })).organizationId,
  );
}

/** Uses up a part of the balance of who has this e-mail. */
export function useUp(email: string, chargeNanoUsd: bigint): Promise<void> {
  return inShop(async ({ database, prisma }) => {
    const { organizationId } = await prisma.member.findFirstOrThrow({ where: { user: { email } } });
    const charge = { requestId: newId('req'), organizationId, chargeNanoUsd };
    await captureBatch(database, { workerId: 'e2e', charges: [charge] });
  });
}

/** From now on the sandbox refuses to pay an order back, as where a card was closed. */
export function refuseRefunds(orderId: string): Promise<void> {
  return inShop(async ({ database }) => {
    await database.query(`UPDATE sandbox_payment SET status = 'expired' WHERE order_id = $1`, [orderId]);
  });
}

/** Writes down one request for each of these days ago (UTC), of so much each; the sums follow by themselves. */
export function usedBefore(email: string, daysAgo: readonly number[], chargeNanoUsd: bigint): Promise<void> {
  return inShop(async ({ database, prisma }) => {
    const { organizationId } = await prisma.member.findFirstOrThrow({ where: { user: { email } } });
    await database.query(
      `INSERT INTO usage_record (id, organization_id, api_key_id, created_at, outcome, endpoint, client_protocol, stream,
         model_requested, model_used, provider, input, output, usage_source, charge_nano_usd, status, duration_ms)
       SELECT 'req_before_' || $1 || '_' || days, $1, 'key_before', now() - days * interval '1 day', 'completed', '/v1/messages',
         'anthropic-messages', true, 'gpt-4o', 'gpt-4o', 'openai', 10, 7, 'reported', $3, 200, 30
       FROM unnest($2::int[]) AS days`,
      [organizationId, daysAgo, chargeNanoUsd],
    );
  });
}
