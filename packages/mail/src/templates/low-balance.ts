import { tokensText } from '../amount-texts.ts';
import { compose } from '../compose.ts';
import type { MailLocale } from '../mail-locale.ts';
import type { RenderedMail } from '../rendered-mail.ts';
import type { MailSite } from '../site.ts';

export interface LowBalance {
  readonly organizationName: string;
  readonly balanceNanoUsd: bigint;
  readonly thresholdNanoUsd: bigint;
  /** It buys again by itself: nothing is to be done. */
  readonly isTopUpOn: boolean;
}

const words = {
  en: {
    subject: (name: string) => `${name}: the balance is low`,
    fallen: (threshold: string) =>
      `Your balance has fallen below ${threshold} tokens. Requests stop when it is used up.`,
    topUp: 'Automatic top-up is on and buys more at the balance that you set.',
    buy: 'Buy more to go on without a break, or switch automatic top-up on.',
    facts: { organization: 'Organization', balance: 'Balance', tokens: (count: string) => `${count} tokens` },
    action: 'Balance and top-up',
  },
  zh: {
    subject: (name: string) => `${name}：余额不足提醒`,
    fallen: (threshold: string) => `余额已低于 ${threshold} 代币。用完后请求会停止。`,
    topUp: '自动充值已开启，余额降到你设定的数值时会自动购买。',
    buy: '可以现在购买，或开启自动充值，以免中断。',
    facts: { organization: '组织', balance: '余额', tokens: (count: string) => `${count} 代币` },
    action: '查看余额与充值',
  },
} as const;

/** The balance has crossed a threshold of the customer's. */
export function lowBalanceMail(site: MailSite, locale: MailLocale, about: LowBalance): RenderedMail {
  const { subject, fallen, topUp, buy, facts, action } = words[locale];
  return compose({
    ...{ template: 'low-balance', site, locale, subject: subject(about.organizationName) },
    paragraphs: [fallen(tokensText(about.thresholdNanoUsd, locale)), about.isTopUpOn ? topUp : buy],
    facts: [
      [facts.organization, about.organizationName],
      [facts.balance, facts.tokens(tokensText(about.balanceNanoUsd, locale))],
    ],
    action: { label: action, path: '/console/billing' },
  });
}
