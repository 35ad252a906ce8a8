import { useLocale, useTranslations } from 'next-intl';
import { countText, tokensText, usdText } from '#components/amounts.ts';
import { moneyText } from '#components/money.ts';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import type { HomeView } from '../server/read-home.ts';
import { ReceiptTable } from './receipt-table.tsx';

const rules = ['prepaid', 'unit', 'cache'] as const;

/** How one request is paid for, by a receipt that was worked out just now, and how money comes back. */
export function Billing({ home }: { readonly home: HomeView }) {
  const t = useTranslations('home.billing');
  const locale = useLocale();
  const { example, receipt, refund } = home;
  return (
    <section className="grid grid-cols-1 gap-x-14 gap-y-8 pt-20 lg:grid-cols-2">
      <div>
        <h2 className="text-title font-semibold tracking-tight">{t('title')}</h2>
        <dl className="mt-4">
          {rules.map((rule) => (
            <div key={rule} className="border-t border-rule py-3">
              <dt className="font-medium">{t(`${rule}.title`)}</dt>
              <dd className="mt-0.5 text-small text-ink-soft">{t(`${rule}.body`)}</dd>
            </div>
          ))}
          <div className="border-t border-rule py-3">
            <dt className="font-medium">{t('refund.title')}</dt>
            <dd className="mt-0.5 text-small text-ink-soft">
              {refund
                ? t('refund.body', {
                    price: moneyText(refund.plan.amountMinor, refund.plan.currency, locale),
                    back: moneyText(refund.refundable.maxAmountMinor, refund.plan.currency, locale),
                  })
                : t('refund.plain')}{' '}
              <Link href="/pricing#refunds" className={linkClass}>
                {t('refund.more')}
              </Link>
            </dd>
          </div>
        </dl>
      </div>
      {example && receipt && (
        <figure className="self-start rounded-panel border border-rule bg-sheet p-5">
          <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 text-small">
            <span className="font-medium">{t('receipt.title')}</span>
            <code className="font-mono text-ink-faint">{example.id}</code>
          </figcaption>
          <ReceiptTable receipt={receipt} />
          <p className="mt-4 flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="text-small">{t('receipt.charge')}</span>
            <span className="font-mono text-title tracking-tight tabular-nums">
              {usdText(receipt.chargeNanoUsd, locale)}
            </span>
          </p>
          <p className="text-right text-caption text-ink-faint">
            {t('receipt.tokens', { tokens: tokensText(receipt.chargeNanoUsd, locale) })}
            {receipt.feeNanoUsd > 0n && ` · ${t('receipt.fee', { fee: countText(receipt.feeNanoUsd, locale) })}`}
          </p>
        </figure>
      )}
    </section>
  );
}
