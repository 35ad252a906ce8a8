'use client';

import { useLocale, useTranslations } from 'next-intl';
import { LocalTime } from '#components/local-time.tsx';
import { moneyText } from '#components/money.ts';
import { Section } from '#ui/section.tsx';
import { orderTimeline } from '../order-timeline.ts';
import type { OrderPageView } from '../order-tones.ts';

/** All that happened to an order, oldest first. */
export function OrderTimeline({ page }: { readonly page: OrderPageView }) {
  const t = useTranslations('order.timeline');
  const locale = useLocale();
  const { currency } = page.order;
  return (
    <Section title={t('title')}>
      <ol className="border-l border-rule-strong pl-5">
        {orderTimeline(page, new Date()).map(({ key, kind, at, amountMinor }) => (
          <li key={key} className="relative pb-4 text-small last:pb-0">
            <span aria-hidden="true" className="absolute top-1.5 -left-[1.4rem] size-1.5 rounded-full bg-ink-soft" />
            <span className="block">{t(kind, { amount: moneyText(amountMinor, currency, locale) })}</span>
            <span className="block text-caption text-ink-faint">
              {at ? <LocalTime at={at} precision="full" /> : null}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
