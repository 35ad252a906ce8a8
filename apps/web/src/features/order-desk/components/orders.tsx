'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { PagedList } from '#components/paged-list.tsx';
import { usePathname, useRouter } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState } from '#ui/states.tsx';
import { type OrderFilter, orderFilterQuery, readOrderFilter } from '../order-filter.ts';
import { OrderFilters } from './order-filters.tsx';
import { OrderTable } from './order-table.tsx';

/** All organizations' orders. What is looked for is in the address. */
export function Orders() {
  const t = useTranslations('orderDesk');
  const router = useRouter();
  const pathname = usePathname();
  const filter = readOrderFilter(useSearchParams());
  const list = api.orderDesk.list.useInfiniteQuery(filter, { getNextPageParam: (page) => page.nextCursor });
  const orders = list.data?.pages.flatMap((page) => page.orders);
  const isNarrowed = filter.search !== '' || filter.state !== undefined;
  const narrow = (next: OrderFilter) => router.replace({ pathname, query: orderFilterQuery(next) }, { scroll: false });
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <OrderFilters key={filter.search} filter={filter} onChange={narrow} />
      <PagedList
        list={list}
        rows={orders}
        more={t('more')}
        empty={
          isNarrowed ? (
            <EmptyState
              title={t('noMatch.title')}
              action={<Button onClick={() => narrow({ search: '', state: undefined })}>{t('noMatch.clear')}</Button>}
            >
              {t('noMatch.body')}
            </EmptyState>
          ) : (
            <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>
          )
        }
      >
        {(shown) => <OrderTable orders={shown} />}
      </PagedList>
    </>
  );
}
