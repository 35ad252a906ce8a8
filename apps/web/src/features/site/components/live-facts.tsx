import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { countText, usdText } from '#components/amounts.ts';
import { moneyText } from '#components/money.ts';
import { modelPath } from '#features/model/public-model.ts';
import { OverallLine } from '#features/status/components/overall-line.tsx';
import { Link } from '#i18n/navigation.ts';
import type { HomeView } from '../server/read-home.ts';

/** Price and state as they are this minute, each with the page that tells more. */
export function LiveFacts({ home }: { readonly home: HomeView }) {
  const t = useTranslations('home.facts');
  const locale = useLocale();
  const { cheapestPlan: plan, example, report, modelCount, providerCount } = home;
  return (
    <dl className="grid grid-cols-1 border-y border-rule text-small sm:grid-cols-2 lg:grid-cols-4 lg:divide-x lg:divide-rule">
      <Item
        label={plan ? t('planFrom') : t('priced')}
        value={plan ? moneyText(plan.amountMinor, plan.currency, locale) : t('atList')}
        note={plan ? t('planTokens', { tokens: countText(plan.tokens + plan.bonusTokens, locale) }) : t('noPlans')}
        href="/pricing"
      />
      {example && (
        <Item
          label={example.displayName}
          value={`${usdText(example.price.input, locale)} / ${usdText(example.price.output, locale)}`}
          note={t('perMillion')}
          href={modelPath(example.id)}
        />
      )}
      <Item
        label={t('models')}
        value={countText(modelCount, locale)}
        note={t('providers', { count: providerCount })}
        href="/models"
      />
      <Item label={t('status')} value={<OverallLine report={report} />} href="/status" />
    </dl>
  );
}

interface ItemProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: string;
  readonly href: string;
}

function Item({ label, value, note, href }: ItemProps) {
  return (
    <div className="group relative min-w-0 py-4 max-lg:border-b max-lg:border-rule lg:px-5 lg:first:pl-0">
      <dt className="text-ink-soft">
        <Link
          href={href}
          className="underline-offset-4 after:absolute after:inset-0 group-hover:text-ink group-hover:underline"
        >
          {label}
        </Link>
      </dt>
      <dd className="mt-0.5">
        <span className="block font-mono text-title tracking-tight tabular-nums">{value}</span>
        {note && <span className="text-caption text-ink-faint">{note}</span>}
      </dd>
    </div>
  );
}
