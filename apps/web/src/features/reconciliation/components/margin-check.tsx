'use client';

import { useLocale, useTranslations } from 'next-intl';
import { percentText, usdText } from '#components/amounts.ts';
import { type ApiOutput, api } from '#components/api.ts';
import { Figure } from '#ui/figure.tsx';
import { EmptyState } from '#ui/states.tsx';
import { CheckSection, checkEveryMs } from './check-section.tsx';
import { MarginExport } from './margin-export.tsx';
import { MarginTable } from './margin-table.tsx';

type Margins = ApiOutput['reconciliation']['margins'];

/** What requests were charged against what they cost, by model and by day. */
export function MarginCheck() {
  const t = useTranslations('reconciliation.margin');
  const margins = api.reconciliation.margins.useQuery(undefined, { refetchInterval: checkEveryMs });
  const { data } = margins;
  return (
    <CheckSection title={t('title')} lead={t('lead')} query={margins} isAlarmed={data && data.openAlarms > 0}>
      {data?.days.length === 0 && <EmptyState title={t('emptyTitle')}>{t('emptyBody')}</EmptyState>}
      {data && data.days.length > 0 && <MarginParts margins={data} />}
    </CheckSection>
  );
}

function MarginParts({ margins: { total, models, days } }: { readonly margins: Margins }) {
  const t = useTranslations('reconciliation.margin');
  const locale = useLocale();
  const usd = (amountNanoUsd: bigint | null) =>
    amountNanoUsd === null ? t('unknown') : usdText(amountNanoUsd, locale);
  const { marginBasisPoints, uncostedNanoUsd } = total;
  return (
    <div className="flex flex-col gap-6">
      <dl className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Figure label={t('revenue')} value={usd(total.chargeNanoUsd)} />
        <Figure label={t('cost')} value={usd(total.costNanoUsd)} />
        <Figure label={t('margin')} value={usd(total.marginNanoUsd)} />
        <Figure
          label={t('share')}
          value={marginBasisPoints === null ? t('unknown') : percentText(marginBasisPoints, locale)}
        />
      </dl>
      <MarginTable
        title={t('byModel')}
        what={t('model')}
        rows={models.map(({ model, ...sum }) => ({
          ...sum,
          name: model || t('noModel'),
          lossText: t('lossDays', { count: sum.losses }),
        }))}
      />
      <MarginTable
        title={t('byDay')}
        what={t('day')}
        rows={days.map(({ day, ...sum }) => ({ ...sum, name: day, lossText: t('lossModels', { count: sum.losses }) }))}
      />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <p className="max-w-2xl text-caption text-ink-faint">
          {t('threshold')} {uncostedNanoUsd > 0n && t('uncosted', { amount: usd(uncostedNanoUsd) })}
        </p>
        <MarginExport />
      </div>
    </div>
  );
}
