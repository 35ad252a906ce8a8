import type { Sql } from '@ai-bridge/db';
import type { BillingDeps } from '../deps.ts';
import { readOrderMatters } from '../orders/order-matters.ts';
import { lockOrder, type Order } from '../orders/order-row.ts';
import { mailOfNews } from './order-mail.ts';
import { newsOf, type OrderNews } from './order-news.ts';
import { tellOrganization } from './tell-organization.ts';

/**
 * Does something to an order, its refunds or its disputes, and queues the mails of what came of it in the same transaction. Locks the order.
 * @throws BillingError not_found, and what the work throws
 */
export async function tellingNews<Result>(
  sql: Sql,
  deps: BillingDeps,
  orderId: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const before = await standing(sql, orderId);
  const result = await work();
  const after = await standing(sql, orderId);
  for (const news of newsOf(before, after)) await tell(sql, deps, after.order, news);
  return result;
}

async function standing(sql: Sql, orderId: string) {
  const order = await lockOrder(sql, orderId);
  return { order, state: order.state, ...(await readOrderMatters(sql, orderId)) };
}

async function tell(sql: Sql, deps: BillingDeps, order: Order, news: OrderNews): Promise<void> {
  const isAutomatic = news.about === 'payment' && (await isTopUp(sql, order.id));
  await tellOrganization(sql, deps, mailOfNews({ order, news, isAutomatic, now: new Date(deps.clock.now()) }));
}

async function isTopUp(sql: Sql, orderId: string): Promise<boolean> {
  const rows = await sql.query('SELECT id FROM top_up WHERE order_id = $1', [orderId]);
  return rows.length > 0;
}
