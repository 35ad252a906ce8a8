'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { ListFilters } from '#components/list-filters.tsx';
import { PagedList } from '#components/paged-list.tsx';
import { useAddressFilter } from '#components/use-address-filter.ts';
import { maxSearchLength } from '#features/customer/search-kind.ts';
import { Button } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState } from '#ui/states.tsx';
import { personFilterQuery, personParts, readPersonFilter } from '../person-filter.ts';
import { PersonTable } from './person-table.tsx';

/** Everybody with an account, the staff among them. What is looked for is in the address. */
export function People() {
  const t = useTranslations('people');
  const [filter, narrow] = useAddressFilter(readPersonFilter, personFilterQuery);
  const list = api.person.list.useInfiniteQuery(filter, { getNextPageParam: (page) => page.nextCursor });
  const people = list.data?.pages.flatMap((page) => page.people);
  const labels = {
    ...{ form: t('filter.label'), search: t('filter.search'), placeholder: t('filter.placeholder') },
    ...{ submit: t('filter.submit'), part: t('filter.part') },
  };
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <ListFilters
        key={filter.search}
        labels={labels}
        search={filter.search}
        maxLength={maxSearchLength}
        part={filter.part ?? ''}
        parts={[
          { value: '', label: t('filter.all') },
          ...personParts.map((part) => ({ value: part, label: t(`filter.parts.${part}`) })),
        ]}
        onSearch={(search) => narrow({ search })}
        onPart={(chosen) => narrow({ part: personParts.find((part) => part === chosen) })}
      />
      <PagedList
        list={list}
        rows={people}
        more={t('more')}
        empty={
          <EmptyState
            title={t('noMatch.title')}
            action={<Button onClick={() => narrow({ search: '', part: undefined })}>{t('noMatch.clear')}</Button>}
          >
            {t('noMatch.body')}
          </EmptyState>
        }
      >
        {(shown) => <PersonTable people={shown} />}
      </PagedList>
    </>
  );
}
