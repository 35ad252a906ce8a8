import { type Money, moneyText } from '../amount-texts.ts';
import { compose } from '../compose.ts';
import type { MailLocale } from '../mail-locale.ts';
import type { RenderedMail } from '../rendered-mail.ts';
import type { MailSite } from '../site.ts';

export type DisputeNews = 'opened' | 'won' | 'lost';

export interface DisputeMail {
  readonly news: DisputeNews;
  readonly orderId: string;
  readonly organizationName: string;
  readonly amount: Money;
}

const words = {
  en: {
    opened: {
      subject: (money: string) => `Your bank asks ${money} back`,
      body: 'The unused tokens of this order are set aside until the bank has decided. If this is a mistake, ask your bank to withdraw it.',
    },
    won: {
      subject: (money: string) => `The dispute about ${money} is closed`,
      body: 'The payment stands. The tokens that were set aside are back in your balance.',
    },
    lost: {
      subject: (money: string) => `Your bank has taken ${money} back`,
      body: 'The tokens that were set aside are gone with it.',
    },
    facts: { order: 'Order', organization: 'Organization', amount: 'Amount' },
    action: 'Open the order',
  },
  zh: {
    opened: {
      subject: (money: string) => `银行要求撤回 ${money}`,
      body: '银行作出决定之前，这笔订单未用的代币会先冻结。如果是误会，请联系你的银行撤销争议。',
    },
    won: {
      subject: (money: string) => `${money} 的争议已结束`,
      body: '付款有效，冻结的代币已回到余额。',
    },
    lost: {
      subject: (money: string) => `银行已撤回 ${money}`,
      body: '冻结的代币已随款项扣除。',
    },
    facts: { order: '订单', organization: '组织', amount: '金额' },
    action: '查看订单',
  },
} as const;

/** A customer's bank wants a payment back, or has decided. */
export function disputeMail(site: MailSite, locale: MailLocale, about: DisputeMail): RenderedMail {
  const { facts, action } = words[locale];
  const { subject, body } = words[locale][about.news];
  const amount = moneyText(about.amount, locale);
  return compose({
    ...{ template: `dispute-${about.news}`, site, locale, subject: subject(amount), paragraphs: [body] },
    facts: [
      [facts.organization, about.organizationName],
      [facts.order, about.orderId],
      [facts.amount, amount],
    ],
    action: { label: action, path: `/console/orders/${about.orderId}` },
  });
}
