import { type Money, momentText, moneyText, tokensText } from '../amount-texts.ts';
import { compose } from '../compose.ts';
import type { MailLocale } from '../mail-locale.ts';
import type { RenderedMail } from '../rendered-mail.ts';
import type { MailSite } from '../site.ts';

export interface OrderPaid {
  readonly orderId: string;
  readonly organizationName: string;
  readonly price: Money;
  /** Tokens and bonus, as credit. */
  readonly creditNanoUsd: bigint;
  readonly paidAt: Date;
  readonly isAutomatic: boolean;
  /** False: no money moved. */
  readonly livemode: boolean;
}

const words = {
  en: {
    subject: (money: string) => `Receipt: ${money} paid`,
    bought: (tokens: string) =>
      `${tokens} tokens are in your balance. They do not expire, and unused ones can be refunded.`,
    automatic: 'Automatic top-up bought them, as your balance had fallen below what you set.',
    test: 'This was a test payment: no money moved.',
    facts: { order: 'Order', organization: 'Organization', price: 'Paid', tokens: 'Tokens', at: 'Paid at' },
    action: 'Open the order and its receipt',
  },
  zh: {
    subject: (money: string) => `收据：已支付 ${money}`,
    bought: (tokens: string) => `${tokens} 代币已到账，永不过期，未用部分可以退款。`,
    automatic: '余额低于你设定的数值，由自动充值购买。',
    test: '这是测试付款，没有真实扣款。',
    facts: { order: '订单', organization: '组织', price: '已支付', tokens: '代币', at: '支付时间' },
    action: '查看订单与收据',
  },
} as const;

/** An order was paid and credited. */
export function orderPaidMail(site: MailSite, locale: MailLocale, about: OrderPaid): RenderedMail {
  const { subject, bought, automatic, test, facts, action } = words[locale];
  const [price, tokens] = [moneyText(about.price, locale), tokensText(about.creditNanoUsd, locale)];
  const paragraphs = [bought(tokens)];
  if (about.isAutomatic) paragraphs.push(automatic);
  if (!about.livemode) paragraphs.push(test);
  return compose({
    ...{ template: 'order-paid', site, locale, subject: subject(price), paragraphs },
    facts: [
      [facts.organization, about.organizationName],
      [facts.order, about.orderId],
      [facts.price, price],
      [facts.tokens, tokens],
      [facts.at, momentText(about.paidAt, locale)],
    ],
    action: { label: action, path: `/console/orders/${about.orderId}` },
  });
}
