'use client';

import { useLocale, useTranslations } from 'next-intl';
import { LocalTime } from '#components/local-time.tsx';
import { moneyText } from '#components/money.ts';
import { type TimedOrder, timelineOf } from '../timeline.ts';

/** What happened to an order, one line each. */
export function OrderTimeline({ order }: { readonly order: TimedOrder & { readonly currency: string } }) {
  const t = useTranslations('orderDesk.moment');
  const locale = useLocale();
  return (
    <ol className="text-small">
      {timelineOf(order).map(({ kind, at, amountMinor, id }) => (
        <li
          key={`${kind}:${id ?? ''}`}
          className="grid gap-x-6 border-b border-rule py-2 sm:grid-cols-[12rem_1fr] sm:items-baseline"
        >
          <span className="text-ink-faint">
            <LocalTime at={at} />
          </span>
          <span>
            {t(kind, { amount: moneyText(amountMinor, order.currency, locale) })}
            {id && <code className="ml-2 font-mono text-caption wrap-anywhere text-ink-faint">{id}</code>}
          </span>
        </li>
      ))}
    </ol>
  );
}
