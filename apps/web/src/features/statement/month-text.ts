import { type Month, monthSpan } from '@ai-bridge/domain';

/** A month in the reader's language: "November 2026". */
export function monthText(month: Month, locale: string): string {
  const style = { year: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, style).format(monthSpan(month).from);
}

/** Its first and last day: "Nov 1 – 30, 2026". */
export function monthDaysText(month: Month, locale: string): string {
  const { from, to } = monthSpan(month);
  const style = { dateStyle: 'medium', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, style).formatRange(from, new Date(to.getTime() - 1));
}
