import { nanoUsdPerPlanToken } from '@ai-bridge/domain';
import { useLocale, useTranslations } from 'next-intl';
import { countText, usdText } from '#components/amounts.ts';
import { moneyText } from '#components/money.ts';
import { Link } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import type { PricingView } from '../server/read-pricing.ts';

/** What can be bought: a plan a column, the amount of one's own below. */
export function PlanList({ pricing }: { readonly pricing: PricingView }) {
  const t = useTranslations('pricing.plans');
  const locale = useLocale();
  const { plans, customAmount, isOpen, isSignedIn } = pricing;
  const { currency, minMinor, maxMinor } = customAmount;
  const buyHref = isSignedIn ? '/console/plans' : '/sign-up?next=/console/plans';
  return (
    <section aria-label={t('title')} className="mb-14">
      {plans.length > 0 && (
        <ul className="grid border-t border-rule-strong sm:grid-cols-2 lg:grid-cols-[repeat(auto-fit,minmax(220px,1fr))] lg:divide-x lg:divide-rule">
          {plans.map(({ id, displayName, tokens, bonusTokens, amountMinor, currency: of }) => (
            <li
              key={id}
              className="flex min-w-0 flex-col border-b border-rule py-6 sm:pr-6 lg:border-b-0 lg:px-6 lg:first:pl-0"
            >
              <h2 className="font-medium wrap-anywhere">{displayName ?? id}</h2>
              <p className="mt-3 font-mono text-figure tracking-tight tabular-nums">
                {moneyText(amountMinor, of, locale)}
              </p>
              <p className="mt-1 text-small">
                <span className="font-mono tabular-nums">{countText(tokens, locale)}</span>{' '}
                <span className="text-ink-faint">{t('tokens')}</span>
              </p>
              <p className="min-h-5 text-small text-good">
                {bonusTokens > 0n && t('bonus', { tokens: countText(bonusTokens, locale) })}
              </p>
              <p className="mt-1 text-caption text-ink-faint">
                {t('worth', { usd: usdText((tokens + bonusTokens) * nanoUsdPerPlanToken, locale) })}
              </p>
              {isOpen && (
                <Link
                  href={buyHref}
                  aria-label={t('buyNamed', { name: displayName ?? id })}
                  className={`${buttonClass('plain')} mt-5 self-start`}
                >
                  {t('buy')}
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
      <p className="border-t border-rule pt-4 text-small text-ink-soft">
        {isOpen
          ? t('custom', { least: moneyText(minMinor, currency, locale), most: moneyText(maxMinor, currency, locale) })
          : t('closed')}
      </p>
    </section>
  );
}
