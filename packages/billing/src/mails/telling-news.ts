import type { Sql } from '@ai-bridge/db';
import { disputeMail, orderPaidMail, refundMail } from '@ai-bridge/mail';
import type { BillingDeps } from '../deps.ts';
import { readOrderMatters } from '../orders/order-matters.ts';
import { lockOrder, type Order } from '../orders/order-row.ts';
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
  const { id: orderId, organizationId, currency } = order;
  if (news.about === 'payment') {
    const isAutomatic = await isTopUp(sql, orderId);
    const about = {
      ...{ orderId, isAutomatic, price: order, creditNanoUsd: order.creditNanoUsd, livemode: order.livemode },
      paidAt: order.paidAt ?? new Date(deps.clock.now()),
    };
    await tellOrganization(sql, deps, {
      ...{ organizationId, fact: `order:${orderId}:paid`, kind: 'orders' },
      write: (site, locale, organizationName) => orderPaidMail(site, locale, { ...about, organizationName }),
    });
  } else if (news.about === 'refund') {
    const { id, amountMinor, decisionReason } = news.refund;
    const answer = news.news === 'declined' ? (decisionReason ?? undefined) : undefined;
    const about = { news: news.news, orderId, amount: { amountMinor, currency }, answer };
    await tellOrganization(sql, deps, {
      ...{ organizationId, fact: `refund:${id}:${news.news}`, kind: 'refunds' },
      write: (site, locale, organizationName) => refundMail(site, locale, { ...about, organizationName }),
    });
  } else {
    const { id, amountMinor } = news.dispute;
    const about = { news: news.news, orderId, amount: { amountMinor, currency } };
    await tellOrganization(sql, deps, {
      ...{ organizationId, fact: `dispute:${id}:${news.news}` },
      write: (site, locale, organizationName) => disputeMail(site, locale, { ...about, organizationName }),
    });
  }
}

async function isTopUp(sql: Sql, orderId: string): Promise<boolean> {
  const rows = await sql.query('SELECT id FROM top_up WHERE order_id = $1', [orderId]);
  return rows.length > 0;
}
