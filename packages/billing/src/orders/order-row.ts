import type { Sql } from '@ai-bridge/db';
import { BillingError } from '../billing-error.ts';
import type { ProviderName } from '../payments/provider.ts';
import type { OrderState } from './order-states.ts';

/** A purchase. What was sold is a snapshot: plans may change, it does not. */
export interface Order {
  readonly id: string;
  readonly organizationId: string;
  readonly clientKey: string;
  readonly createdByUserId: string | null;
  /** Null: an amount of the customer's own. */
  readonly planId: string | null;
  readonly title: string;
  /** What the customer wrote beside it. */
  readonly description: string | null;
  readonly tokens: bigint;
  readonly bonusTokens: bigint;
  readonly creditNanoUsd: bigint;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly state: OrderState;
  readonly provider: ProviderName;
  readonly livemode: boolean;
  readonly sessionId: string | null;
  readonly checkoutUrl: string | null;
  readonly paymentId: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly paidAt: Date | null;
  /** When its customer called it off. */
  readonly canceledAt: Date | null;
  readonly failures: number;
}

export const orderColumns = `
  id, organization_id AS "organizationId", client_key AS "clientKey", created_by_user_id AS "createdByUserId",
  plan_id AS "planId", title, description, tokens, bonus_tokens AS "bonusTokens", credit_nano_usd AS "creditNanoUsd",
  amount_minor AS "amountMinor", currency, state, provider, livemode, session_id AS "sessionId",
  checkout_url AS "checkoutUrl", payment_id AS "paymentId", created_at AS "createdAt", expires_at AS "expiresAt",
  paid_at AS "paidAt", canceled_at AS "canceledAt", failures`;

const maxOrdersListed = 100;

export async function findOrder(sql: Sql, orderId: string): Promise<Order | undefined> {
  const [order] = await sql.query<Order>(`SELECT ${orderColumns} FROM "order" WHERE id = $1`, [orderId]);
  return order;
}

/** An organization's own order. @throws BillingError not_found */
export async function readOrder(sql: Sql, of: { orderId: string; organizationId: string }): Promise<Order> {
  const order = await findOrder(sql, of.orderId);
  if (order?.organizationId !== of.organizationId) throw new BillingError('not_found', 'there is no such order');
  return order;
}

export async function findOrderByClientKey(
  sql: Sql,
  of: { organizationId: string; clientKey: string },
): Promise<Order | undefined> {
  const [order] = await sql.query<Order>(
    `SELECT ${orderColumns} FROM "order" WHERE organization_id = $1 AND client_key = $2`,
    [of.organizationId, of.clientKey],
  );
  return order;
}

/**
 * An order, locked until the transaction ends. Whoever changes anything of an order's payments, refunds or disputes holds this lock first, and
 * the ledger's after it. @throws BillingError not_found
 */
export async function lockOrder(sql: Sql, orderId: string): Promise<Order> {
  const [order] = await sql.query<Order>(`SELECT ${orderColumns} FROM "order" WHERE id = $1 FOR UPDATE`, [orderId]);
  if (!order) throw new BillingError('not_found', 'there is no such order');
  return order;
}

/** The order of a provider's checkout: the only way from a payment to what it pays for. */
export async function findOrderIdBySession(sql: Sql, sessionId: string): Promise<string | undefined> {
  const [row] = await sql.query<{ id: string }>('SELECT id FROM "order" WHERE session_id = $1', [sessionId]);
  return row?.id;
}

/** An organization's orders, newest first. @param of.before an order's id: those that are older @param of.limit at most 100 */
export function listOrders(
  sql: Sql,
  of: { organizationId: string; limit: number; before?: string | undefined },
): Promise<Order[]> {
  return sql.query<Order>(
    `SELECT ${orderColumns} FROM "order"
     WHERE organization_id = $1
       AND ($2::text IS NULL OR (created_at, id) < (SELECT created_at, id FROM "order" WHERE id = $2::text))
     ORDER BY created_at DESC, id DESC LIMIT $3::integer`,
    [of.organizationId, of.before ?? null, Math.max(1, Math.min(of.limit, maxOrdersListed))],
  );
}

export async function insertOrder(sql: Sql, order: Order): Promise<void> {
  await sql.query(
    `INSERT INTO "order" (id, organization_id, client_key, created_by_user_id, plan_id, title, tokens, bonus_tokens, credit_nano_usd,
       amount_minor, currency, provider, livemode, created_at, expires_at, next_look_at, description)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16)
     ON CONFLICT (organization_id, client_key) DO NOTHING`,
    [
      order.id,
      order.organizationId,
      order.clientKey,
      order.createdByUserId,
      order.planId,
      order.title,
      order.tokens,
      order.bonusTokens,
      order.creditNanoUsd,
      order.amountMinor,
      order.currency,
      order.provider,
      order.livemode,
      order.createdAt,
      order.expiresAt,
      order.description,
    ],
  );
}
