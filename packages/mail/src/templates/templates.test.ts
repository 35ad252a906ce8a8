import { expect, test } from 'vitest';
import type { MailLocale } from '../mail-locale.ts';
import type { RenderedMail } from '../rendered-mail.ts';
import type { MailSite } from '../site.ts';
import { disputeMail } from './dispute.ts';
import { lowBalanceMail } from './low-balance.ts';
import { orderPaidMail } from './order-paid.ts';
import { refundMail } from './refund.ts';
import { topUpFailedMail } from './top-up-failed.ts';

const site: MailSite = { name: 'Bridge & Co', url: 'https://bridge.example', locales: ['zh', 'en'] };
/** A name as its owner typed it. */
const organizationName = '<script>alert(1)</script> "Acme"';
const amount = { amountMinor: 4_950n, currency: 'usd' };
const order = { orderId: 'ord_1', organizationName };
const balance = { organizationName, balanceNanoUsd: 950_000_000n, thresholdNanoUsd: 1_000_000_000n };
const paid = {
  ...{ ...order, price: amount, creditNanoUsd: 52_500_000_000n, paidAt: new Date('2026-11-27T08:05:00Z') },
};
const failed = { organizationName, price: amount };
const later = new Date('2026-11-27T14:05:00Z');

type Write = (locale: MailLocale) => RenderedMail;
/** Every template, in each of its forms. */
const mails: Readonly<Record<string, Write>> = {
  'low balance': (locale) => lowBalanceMail(site, locale, { ...balance, isTopUpOn: false }),
  'low balance, top-up on': (locale) => lowBalanceMail(site, locale, { ...balance, isTopUpOn: true }),
  'order paid': (locale) => orderPaidMail(site, locale, { ...paid, isAutomatic: false, livemode: true }),
  'order paid by itself, as a test': (locale) =>
    orderPaidMail(site, locale, { ...paid, isAutomatic: true, livemode: false }),
  'refund requested': (locale) => refundMail(site, locale, { ...order, news: 'requested', amount, answer: undefined }),
  'refund succeeded': (locale) => refundMail(site, locale, { ...order, news: 'succeeded', amount, answer: undefined }),
  'refund failed': (locale) => refundMail(site, locale, { ...order, news: 'failed', amount, answer: undefined }),
  'refund declined': (locale) =>
    refundMail(site, locale, { ...order, news: 'declined', amount, answer: 'Used <b>up</b>' }),
  'dispute opened': (locale) => disputeMail(site, locale, { ...order, news: 'opened', amount }),
  'dispute won': (locale) => disputeMail(site, locale, { ...order, news: 'won', amount }),
  'dispute lost': (locale) => disputeMail(site, locale, { ...order, news: 'lost', amount }),
  'top-up declined': (locale) =>
    topUpFailedMail(site, locale, { ...failed, failure: 'declined', nextAttemptAt: later }),
  'top-up off': (locale) =>
    topUpFailedMail(site, locale, { ...failed, failure: 'authentication_required', nextAttemptAt: undefined }),
};

for (const [name, write] of Object.entries(mails)) {
  for (const locale of ['en', 'zh'] as const) {
    test(`${name} (${locale}): reads as it should, as text`, () => {
      const { subject, text } = write(locale);
      expect(`Subject: ${subject}\n\n${text}`).toMatchSnapshot();
    });

    test(`${name} (${locale}): its HTML says the same, escaped, and loads nothing`, () => {
      const { subject, text, html } = write(locale);
      expect(subject).not.toMatch(/[\r\n]/);
      expect(html).toContain(`lang="${locale === 'zh' ? 'zh-Hans' : 'en'}"`);
      expect(html).not.toMatch(/<script|<img|<style|<link|<iframe|url\(|src=|<b>up/i);
      const shown = readable(html);
      for (const line of text.split(/\n+/).filter((one) => one && !one.startsWith('--') && !one.includes('https://')))
        for (const part of line.split(locale === 'zh' ? '：' : ': ')) expect(shown).toContain(part);
      expect(html).toMatch(new RegExp(`href="https://bridge.example${locale === 'zh' ? '' : '/en'}/console/`));
    });
  }
}

/** What a person reads of it. */
function readable(html: string): string {
  const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return html.replace(/<[^>]*>/g, ' ').replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? '');
}
