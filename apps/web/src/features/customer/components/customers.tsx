'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { usePathname, useRouter } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { type CustomerFilter, customerFilterQuery, readCustomerFilter } from '../customer-filter.ts';
import { CustomerFilters } from './customer-filters.tsx';
import { CustomerTable } from './customer-table.tsx';

const skeletonRows = 8;

/** All customers, the newest first. What is looked for is in the address. */
export function Customers() {
  const t = useTranslations('customers');
  const failure = useFailure();
  const router = useRouter();
  const pathname = usePathname();
  const filter = readCustomerFilter(useSearchParams());
  const list = api.customer.list.useInfiniteQuery(filter, { getNextPageParam: (page) => page.nextCursor });
  const customers = list.data?.pages.flatMap((page) => page.customers);
  const isNarrowed = filter.search !== '' || filter.part !== undefined;
  const narrow = (next: CustomerFilter) =>
    router.replace({ pathname, query: customerFilterQuery(next) }, { scroll: false });
  const isEmpty = customers?.length === 0 && !list.hasNextPage;
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <CustomerFilters key={filter.search} filter={filter} onChange={narrow} />
      {list.error && <ErrorState {...failure(list.error)} onRetry={() => list.refetch()} />}
      {list.isPending && <SkeletonRows rows={skeletonRows} />}
      {isEmpty && !isNarrowed && <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>}
      {isEmpty && isNarrowed && (
        <EmptyState
          title={t('noMatch.title')}
          action={<Button onClick={() => narrow({ search: '', part: undefined })}>{t('noMatch.clear')}</Button>}
        >
          {t('noMatch.body')}
        </EmptyState>
      )}
      {customers && customers.length > 0 && <CustomerTable customers={customers} />}
      {list.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  );
}
