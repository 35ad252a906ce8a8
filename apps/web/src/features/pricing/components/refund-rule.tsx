import { useLocale, useTranslations } from 'next-intl';
import { tokensText } from '#components/amounts.ts';
import { moneyText } from '#components/money.ts';
import { RefundLines } from '#features/order/components/refund-lines.tsx';
import { Section } from '#ui/section.tsx';
import type { RefundExample } from '../server/refund-example.ts';

const rules = ['unused', 'bonus', 'gifts', 'way'] as const;

/** What comes back and what does not, and one refund worked out to the cent. */
export function RefundRule({ example }: { readonly example: RefundExample | undefined }) {
  const t = useTranslations('pricing.refund');
  const locale = useLocale();
  return (
    <div id="refunds" className="mt-10 scroll-mt-4">
      <Section title={t('title')}>
        <div className="grid grid-cols-1 gap-x-14 gap-y-8 lg:grid-cols-2">
          <dl>
            {rules.map((rule) => (
              <div key={rule} className="border-b border-rule py-3 first:pt-0">
                <dt className="font-medium">{t(`${rule}.title`)}</dt>
                <dd className="mt-0.5 text-small text-ink-soft">{t(`${rule}.body`)}</dd>
              </div>
            ))}
          </dl>
          {example && (
            <div className="min-w-0">
              <h3 className="font-medium">
                {t('example', {
                  name: example.plan.displayName ?? example.plan.id,
                  price: moneyText(example.plan.amountMinor, example.plan.currency, locale),
                  percent: Number(example.usedPercent),
                  left: tokensText(example.refundable.maxCreditNanoUsd, locale),
                })}
              </h3>
              <div className="mt-3">
                <RefundLines refundable={example.refundable} currency={example.plan.currency} />
              </div>
            </div>
          )}
        </div>
      </Section>
    </div>
  );
}
