import { nanoUsdPerPlanToken } from '@ai-bridge/domain';
import { useTranslations } from 'next-intl';
import { SiteHead } from '#features/site/components/site-head.tsx';
import { Section } from '#ui/section.tsx';
import type { PricingView } from '../server/read-pricing.ts';
import { Calculator } from './calculator.tsx';
import { GroupTerms } from './group-terms.tsx';
import { PlanList } from './plan-list.tsx';
import { PriceTable } from './price-table.tsx';
import { RefundRule } from './refund-rule.tsx';

/** What things cost: plans, how long they last, every model's price, and what comes back. */
export function Pricing({ pricing }: { readonly pricing: PricingView }) {
  const t = useTranslations('pricing');
  const { models, plans, groups, customAmount, example, exampleModelId } = pricing;
  const credits = [
    ...plans.map(({ id, displayName, tokens, bonusTokens, amountMinor, currency }) => {
      return {
        id,
        name: displayName ?? id,
        creditNanoUsd: (tokens + bonusTokens) * nanoUsdPerPlanToken,
        amountMinor,
        currency,
      };
    }),
    {
      id: 'list',
      name: undefined,
      creditNanoUsd: customAmount.minMinor * customAmount.tokensPerMinor * nanoUsdPerPlanToken,
      amountMinor: customAmount.minMinor,
      currency: customAmount.currency,
    },
  ];
  return (
    <div className="pb-20">
      <SiteHead title={t('title')} lead={t('lead')} />
      <PlanList pricing={pricing} />
      <Section title={t('calculator.title')}>
        <Calculator
          credits={credits}
          groups={groups}
          models={models.map(({ id, displayName, provider, price }) => ({ id, displayName, provider, price }))}
          firstModelId={exampleModelId}
        />
      </Section>
      <Section title={t('prices.title')}>
        <p className="mb-5 max-w-2xl text-small text-ink-soft">{t('prices.lead')}</p>
        <GroupTerms groups={groups} />
        <PriceTable models={models} />
      </Section>
      <RefundRule example={example} />
    </div>
  );
}
