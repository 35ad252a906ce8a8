'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useAddressFilter } from '#components/use-address-filter.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { matches, modelFilterQuery, noFilter, readModelFilter } from '../model-filter.ts';
import { ExportPrices } from './export-prices.tsx';
import { ModelFilters } from './model-filters.tsx';
import { ModelTable } from './model-table.tsx';

const skeletonRows = 12;

/** Every model with its price, and what serves it. What is looked for is in the address. */
export function Models() {
  const t = useTranslations('modelDesk');
  const failure = useFailure();
  const mayManage = useMay('price.manage');
  const [filter, narrow] = useAddressFilter(readModelFilter, modelFilterQuery);
  const models = api.modelDesk.list.useQuery();
  const shown = models.data?.filter((model) => matches(model, filter));
  const providers = [...new Set(models.data?.map(({ provider }) => provider))];
  const actions = (
    <div className="flex flex-wrap gap-2.5">
      <ExportPrices />
      {mayManage && (
        <Link href="/admin/models/import" className={buttonClass('primary')}>
          {t('import.open')}
        </Link>
      )}
    </div>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={actions} />
      <ModelFilters key={filter.search} filter={filter} providers={providers} onChange={narrow} />
      {models.error && <ErrorState {...failure(models.error)} onRetry={() => models.refetch()} />}
      {models.isPending && <SkeletonRows rows={skeletonRows} />}
      {models.data?.length === 0 && <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>}
      {shown?.length === 0 && models.data && models.data.length > 0 && (
        <EmptyState
          title={t('noMatch.title')}
          action={<Button onClick={() => narrow(noFilter)}>{t('noMatch.clear')}</Button>}
        >
          {t('noMatch.body')}
        </EmptyState>
      )}
      {shown && shown.length > 0 && <ModelTable models={shown} />}
    </>
  );
}
