import { decimalOfMinor, formatPlanTokens } from '@ai-bridge/domain';
import type { MailLocale } from './mail-locale.ts';

type Decimal = `${number}`;

/** Money in the smallest unit as the language writes it; exact. */
export function moneyText({ amountMinor, currency }: Money, locale: MailLocale): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return format.format(decimalOfMinor(amountMinor, currency) as Decimal);
}

/** nano-USD as plan tokens, whole ones: what is less is no news. */
export function tokensText(amountNanoUsd: bigint, locale: MailLocale): string {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, roundingMode: 'floor' });
  return format.format(formatPlanTokens(amountNanoUsd) as Decimal);
}

/** An amount of money in the smallest unit of its currency. */
export interface Money {
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** A moment in UTC, said so: a mail knows no time zone. */
export function momentText(at: Date, locale: MailLocale): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  return `${format.format(at)} UTC`;
}
