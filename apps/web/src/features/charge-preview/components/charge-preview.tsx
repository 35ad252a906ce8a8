'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText, usdText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { Figure } from '#ui/figure.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';

type Preview = ApiOutput['modelDesk']['previewPrice'];
type Comparison = Preview['total'];
const maxModels = 50;

/** What the usage of the last 30 days was charged, and would be. */
export function ChargePreview({ preview }: { readonly preview: Preview }) {
  const t = useTranslations('chargePreview');
  const locale = useLocale();
  const { total, models, batches } = preview;
  return (
    <section aria-label={t('title')} className="flex flex-col gap-4">
      <p className="text-small text-ink-soft">
        {t('basis', {
          requests: countText(total.requests, locale),
          organizations: countText(total.organizations, locale),
        })}
      </p>
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
        <Figure label={t('then')} value={usdText(total.thenNanoUsd, locale)} />
        <Figure label={t('next')} value={usdText(total.nextNanoUsd, locale)} />
        <Figure label={t('difference')} value={differenceText(total, locale)} />
      </dl>
      {models.length > 0 && (
        <Table label={t('title')}>
          <thead>
            <tr>
              <HeaderCell>{t('model')}</HeaderCell>
              <HeaderCell numeric>{t('requests')}</HeaderCell>
              <HeaderCell numeric>{t('then')}</HeaderCell>
              <HeaderCell numeric>{t('next')}</HeaderCell>
              <HeaderCell numeric>{t('difference')}</HeaderCell>
              <HeaderCell numeric>{t('cost')}</HeaderCell>
              <HeaderCell numeric>{t('margin')}</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {models.slice(0, maxModels).map((row) => (
              <tr key={row.model}>
                <Cell className="font-mono">{row.model}</Cell>
                <Cell numeric>{countText(row.requests, locale)}</Cell>
                <Cell numeric>{usdText(row.thenNanoUsd, locale)}</Cell>
                <Cell numeric>{usdText(row.nextNanoUsd, locale)}</Cell>
                <Cell numeric>{differenceText(row, locale)}</Cell>
                <Cell numeric>{row.costNanoUsd === undefined ? t('unknown') : usdText(row.costNanoUsd, locale)}</Cell>
                <Cell numeric>{marginText(row, locale) ?? t('unknown')}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      <p className="text-caption text-ink-faint">
        {models.length > 0 ? t('costNote') : t('none')}{' '}
        {batches.requests > 0n &&
          t('batches', { count: countText(batches.requests, locale), amount: usdText(batches.thenNanoUsd, locale) })}
      </p>
    </section>
  );
}

function differenceText({ thenNanoUsd, nextNanoUsd }: Comparison, locale: string): string {
  const difference = nextNanoUsd - thenNanoUsd;
  return `${difference > 0n ? '+' : ''}${usdText(difference, locale)}`;
}

/** What was left of the charge, and what would be. */
function marginText({ thenNanoUsd, nextNanoUsd, costNanoUsd }: Comparison, locale: string): string | undefined {
  if (costNanoUsd === undefined) return undefined;
  return `${usdText(thenNanoUsd - costNanoUsd, locale)} → ${usdText(nextNanoUsd - costNanoUsd, locale)}`;
}
