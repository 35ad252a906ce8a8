import { type Money, moneyText } from '../amount-texts.ts';
import { compose } from '../compose.ts';
import type { MailLocale } from '../mail-locale.ts';
import type { RenderedMail } from '../rendered-mail.ts';
import type { MailSite } from '../site.ts';

/** What became of a refund, as far as its customers are told. */
export type RefundNews = 'requested' | 'succeeded' | 'failed' | 'declined';

export interface RefundMail {
  readonly news: RefundNews;
  readonly orderId: string;
  readonly organizationName: string;
  readonly amount: Money;
  /** The staff's answer, in their own words. */
  readonly answer: string | undefined;
}

const words = {
  en: {
    requested: {
      subject: (money: string) => `Refund of ${money} asked for`,
      body: 'Support looks at each one. Until it is approved its tokens can still be used, and you can take it back.',
    },
    succeeded: {
      subject: (money: string) => `${money} refunded`,
      body: 'The money goes back the way it was paid. Banks may take 5 to 10 days to show it.',
    },
    failed: {
      subject: (money: string) => `The refund of ${money} failed`,
      body: 'The money did not leave. Its tokens are back in your balance, and support has been told.',
    },
    declined: {
      subject: (money: string) => `The refund of ${money} was declined`,
      body: 'Nothing was refunded, and the tokens are in your balance.',
    },
    facts: { order: 'Order', organization: 'Organization', amount: 'Amount', answer: 'Answer' },
    action: 'Open the order',
  },
  zh: {
    requested: {
      subject: (money: string) => `已申请退款 ${money}`,
      body: '客服会逐一处理。批准之前，这些代币仍可使用，你也可以撤回申请。',
    },
    succeeded: {
      subject: (money: string) => `已退款 ${money}`,
      body: '款项按原支付方式退回，银行入账可能需要 5 到 10 天。',
    },
    failed: {
      subject: (money: string) => `${money} 的退款失败`,
      body: '款项没有退出，对应的代币已回到余额，客服已收到通知。',
    },
    declined: {
      subject: (money: string) => `${money} 的退款未获批准`,
      body: '没有退款，代币仍在余额中。',
    },
    facts: { order: '订单', organization: '组织', amount: '金额', answer: '答复' },
    action: '查看订单',
  },
} as const;

/** A refund was asked for, or has come to its end. */
export function refundMail(site: MailSite, locale: MailLocale, about: RefundMail): RenderedMail {
  const { facts, action } = words[locale];
  const { subject, body } = words[locale][about.news];
  const amount = moneyText(about.amount, locale);
  return compose({
    ...{ template: `refund-${about.news}`, site, locale, subject: subject(amount), paragraphs: [body] },
    facts: [
      [facts.organization, about.organizationName],
      [facts.order, about.orderId],
      [facts.amount, amount],
    ],
    quote: about.answer ? { label: facts.answer, text: about.answer } : undefined,
    action: { label: action, path: `/console/orders/${about.orderId}` },
  });
}
