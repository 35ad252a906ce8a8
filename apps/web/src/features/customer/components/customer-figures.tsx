'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText, usdText } from '#components/amounts.ts';
import { Figure } from '#ui/figure.tsx';
import type { CustomerPage } from '../customer-page.ts';

/** What a customer has: all of it, and what it is made of. */
export function CustomerFigures({ balance }: { readonly balance: NonNullable<CustomerPage['balance']> }) {
  const t = useTranslations('customers.figure');
  const locale = useLocale();
  const figures = [
    ['balance', balance.postedNanoUsd],
    ['paid', balance.paidNanoUsd],
    ['granted', balance.grantedNanoUsd],
    ['setAside', balance.setAsideNanoUsd],
  ] as const;
  return (
    <dl className="mb-6 grid grid-cols-1 gap-x-8 gap-y-4 sm:grid-cols-2 lg:grid-cols-4">
      {figures.map(([name, amountNanoUsd]) => (
        <Figure
          key={name}
          label={t(name)}
          value={tokensText(amountNanoUsd, locale)}
          unit={t('tokens')}
          note={name === 'balance' && balance.frozen ? t('frozen') : usdText(amountNanoUsd, locale)}
        />
      ))}
    </dl>
  );
}
