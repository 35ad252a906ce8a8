'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { ListFilters } from '#components/list-filters.tsx';
import { PagedList } from '#components/paged-list.tsx';
import { useAddressFilter } from '#components/use-address-filter.ts';
import { SavedViews } from '#features/saved-view/components/saved-views.tsx';
import { ListKeys } from '#features/triage/components/list-keys.tsx';
import { Button } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState } from '#ui/states.tsx';
import { maxOrderSearchLength, orderFilterQuery, orderStates, readOrderFilter } from '../order-filter.ts';
import { OrderTable } from './order-table.tsx';

/** All organizations' orders. What is looked for is in the address. */
export function Orders() {
  const t = useTranslations('orderDesk');
  const [filter, narrow] = useAddressFilter(readOrderFilter, orderFilterQuery);
  const list = api.orderDesk.list.useInfiniteQuery(filter, { getNextPageParam: (page) => page.nextCursor });
  const orders = list.data?.pages.flatMap((page) => page.orders);
  const isNarrowed = filter.search !== '' || filter.state !== undefined;
  const labels = {
    ...{ form: t('filter.label'), search: t('filter.search'), placeholder: t('filter.placeholder') },
    ...{ submit: t('filter.submit'), part: t('filter.state') },
  };
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <ListFilters
        key={filter.search}
        labels={labels}
        search={filter.search}
        maxLength={maxOrderSearchLength}
        part={filter.state ?? ''}
        parts={[
          { value: '', label: t('filter.any') },
          ...orderStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
        ]}
        onSearch={(typed) => narrow({ search: typed })}
        onPart={(chosen) => narrow({ state: orderStates.find((state) => state === chosen) })}
      />
      <ListKeys
        list={list}
        hrefs={orders?.map(({ id }) => `/admin/orders/${id}`)}
        tools={<SavedViews page="orders" query={orderFilterQuery(filter)} />}
      >
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
      </ListKeys>
    </>
  );
}
