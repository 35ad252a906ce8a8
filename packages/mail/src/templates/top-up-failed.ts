import { type Money, momentText, moneyText } from '../amount-texts.ts';
import { compose } from '../compose.ts';
import type { MailLocale } from '../mail-locale.ts';
import type { RenderedMail } from '../rendered-mail.ts';
import type { MailSite } from '../site.ts';

/** Why nothing could be bought, in the words that customers are told. */
export type TopUpFailure = 'declined' | 'authentication_required' | 'method_missing' | 'offer_changed';

export interface TopUpFailed {
  readonly organizationName: string;
  readonly price: Money;
  readonly failure: TopUpFailure;
  /** Undefined: it is switched off. */
  readonly nextAttemptAt: Date | undefined;
}

const words = {
  en: {
    subjectOff: 'Automatic top-up is switched off',
    subjectLater: 'Automatic top-up could not pay',
    declined: 'Your bank declined the payment.',
    authentication_required:
      'Your bank wants you to confirm the payment yourself, which cannot be done while you are away.',
    method_missing: 'The saved card is not there any more.',
    offer_changed: 'The plan that you chose is not sold any more at the price that you agreed to.',
    later: (at: string) => `Nothing was charged. It is tried again after ${at}.`,
    off: 'Nothing was charged. Automatic top-up stays off until you switch it on again; you can buy by hand at any time.',
    facts: { organization: 'Organization', price: 'Purchase' },
    action: 'Balance and top-up',
  },
  zh: {
    subjectOff: '自动充值已关闭',
    subjectLater: '自动充值扣款未成功',
    declined: '银行拒绝了这笔付款。',
    authentication_required: '银行要求你本人确认付款，无法在你不在场时完成。',
    method_missing: '已保存的银行卡不可用了。',
    offer_changed: '你选择的套餐已下架，或价格高于你同意的金额。',
    later: (at: string) => `没有扣款。${at} 之后会再试。`,
    off: '没有扣款。自动充值保持关闭，直到你重新开启；你随时可以手动购买。',
    facts: { organization: '组织', price: '购买金额' },
    action: '查看余额与充值',
  },
} as const;

/** The automatic top-up could not buy: it tries again later, or has switched itself off. */
export function topUpFailedMail(site: MailSite, locale: MailLocale, about: TopUpFailed): RenderedMail {
  const { subjectOff, subjectLater, later, off, facts, action, ...why } = words[locale];
  const { failure, nextAttemptAt } = about;
  return compose({
    ...{ template: 'top-up-failed', site, locale, subject: nextAttemptAt ? subjectLater : subjectOff },
    paragraphs: [why[failure], nextAttemptAt ? later(momentText(nextAttemptAt, locale)) : off],
    facts: [
      [facts.organization, about.organizationName],
      [facts.price, moneyText(about.price, locale)],
    ],
    action: { label: action, path: '/console/billing' },
  });
}
