'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { PagedList } from '#components/paged-list.tsx';
import { useAddressFilter } from '#components/use-address-filter.ts';
import { SavedViews } from '#features/saved-view/components/saved-views.tsx';
import { ListKeys } from '#features/triage/components/list-keys.tsx';
import { Button } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState } from '#ui/states.tsx';
import { customerFilterQuery, readCustomerFilter } from '../customer-filter.ts';
import { customerHref } from '../found.ts';
import { CustomerFilters } from './customer-filters.tsx';
import { CustomerTable } from './customer-table.tsx';

/** All customers, the newest first. What is looked for is in the address. */
export function Customers() {
  const t = useTranslations('customers');
  const [filter, narrow] = useAddressFilter(readCustomerFilter, customerFilterQuery);
  const list = api.customer.list.useInfiniteQuery(filter, { getNextPageParam: (page) => page.nextCursor });
  const customers = list.data?.pages.flatMap((page) => page.customers);
  const isNarrowed = filter.search !== '' || filter.part !== undefined;
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <CustomerFilters key={filter.search} filter={filter} onChange={narrow} />
      <ListKeys
        list={list}
        hrefs={customers?.map(({ id }) => customerHref(id))}
        tools={<SavedViews page="customers" query={customerFilterQuery(filter)} />}
      >
        <PagedList
          list={list}
          rows={customers}
          more={t('more')}
          empty={
            isNarrowed ? (
              <EmptyState
                title={t('noMatch.title')}
                action={<Button onClick={() => narrow({ search: '', part: undefined })}>{t('noMatch.clear')}</Button>}
              >
                {t('noMatch.body')}
              </EmptyState>
            ) : (
              <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>
            )
          }
        >
          {(shown) => <CustomerTable customers={shown} />}
        </PagedList>
      </ListKeys>
    </>
  );
}
