import { disputeMail, orderPaidMail, refundMail } from '@ai-bridge/mail';
import type { Order } from '../orders/order-row.ts';
import type { Refund } from '../refunds/refund-row.ts';
import type { OrderNews } from './order-news.ts';
import type { OrganizationMail } from './tell-organization.ts';

export interface MailedNews {
  readonly order: Order;
  readonly news: OrderNews;
  /** The order was made by an automatic top-up. */
  readonly isAutomatic: boolean;
  readonly now: Date;
}

/** The mail that tells an order's customers a piece of news. */
export function mailOfNews({ order, news, isAutomatic, now }: MailedNews): OrganizationMail {
  const { id: orderId, organizationId, currency } = order;
  if (news.about === 'payment') {
    const { creditNanoUsd, livemode } = order;
    const about = { orderId, isAutomatic, price: order, creditNanoUsd, livemode, paidAt: order.paidAt ?? now };
    return {
      ...{ organizationId, fact: `order:${orderId}:paid`, kind: 'orders' },
      write: (site, locale, organizationName) => orderPaidMail(site, locale, { ...about, organizationName }),
    };
  }
  if (news.about === 'refund') {
    const { id, amountMinor } = news.refund;
    const amount = { amountMinor, currency };
    const about = { news: news.news, orderId, amount, answer: answerOf(news.refund) ?? undefined };
    return {
      ...{ organizationId, fact: `refund:${id}:${news.news}`, kind: 'refunds' },
      write: (site, locale, organizationName) => refundMail(site, locale, { ...about, organizationName }),
    };
  }
  const { id, amountMinor } = news.dispute;
  const about = { news: news.news, orderId, amount: { amountMinor, currency } };
  return {
    ...{ organizationId, fact: `dispute:${id}:${news.news}` },
    write: (site, locale, organizationName) => disputeMail(site, locale, { ...about, organizationName }),
  };
}

/** What the staff's decision said, as far as it is the customer's to read: once it is carried out. */
export function answerOf({
  state,
  decisionReason,
  tellsReason,
}: Pick<Refund, 'state' | 'decisionReason' | 'tellsReason'>): string | null {
  return tellsReason && (state === 'cancelled' || state === 'succeeded') ? decisionReason : null;
}
