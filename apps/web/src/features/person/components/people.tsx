'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { ListFilters } from '#components/list-filters.tsx';
import { useFailure } from '#components/use-failure.ts';
import { maxSearchLength } from '#features/customer/search-kind.ts';
import { usePathname, useRouter } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { type PersonFilter, personFilterQuery, personParts, readPersonFilter } from '../person-filter.ts';
import { PersonTable } from './person-table.tsx';

const skeletonRows = 8;

/** Everybody with an account, the staff among them. What is looked for is in the address. */
export function People() {
  const t = useTranslations('people');
  const failure = useFailure();
  const router = useRouter();
  const pathname = usePathname();
  const filter = readPersonFilter(useSearchParams());
  const list = api.person.list.useInfiniteQuery(filter, { getNextPageParam: (page) => page.nextCursor });
  const people = list.data?.pages.flatMap((page) => page.people);
  const narrow = (next: PersonFilter) =>
    router.replace({ pathname, query: personFilterQuery(next) }, { scroll: false });
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
        onSearch={(search) => narrow({ ...filter, search })}
        onPart={(chosen) => narrow({ ...filter, part: personParts.find((part) => part === chosen) })}
      />
      {list.error && <ErrorState {...failure(list.error)} onRetry={() => list.refetch()} />}
      {list.isPending && <SkeletonRows rows={skeletonRows} />}
      {people?.length === 0 && (
        <EmptyState
          title={t('noMatch.title')}
          action={<Button onClick={() => narrow({ search: '', part: undefined })}>{t('noMatch.clear')}</Button>}
        >
          {t('noMatch.body')}
        </EmptyState>
      )}
      {people && people.length > 0 && <PersonTable people={people} />}
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
