'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { ListFilters } from '#components/list-filters.tsx';
import { useFailure } from '#components/use-failure.ts';
import { usePathname, useRouter } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import {
  type AuditFilter,
  auditFilterQuery,
  auditParts,
  maxAuditSearchLength,
  readAuditFilter,
} from '../audit-filter.ts';
import { AuditTable } from './audit-table.tsx';

const skeletonRows = 10;

/** Who did what, newest first; what it is narrowed to is in the address. */
export function AuditLog() {
  const t = useTranslations('audit');
  const failure = useFailure();
  const router = useRouter();
  const pathname = usePathname();
  const filter = readAuditFilter(useSearchParams());
  const list = api.audit.list.useInfiniteQuery(filter, { getNextPageParam: (page) => page.nextCursor });
  const rows = list.data?.pages.flatMap((page) => page.rows);
  const narrow = (next: AuditFilter) => router.replace({ pathname, query: auditFilterQuery(next) }, { scroll: false });
  const labels = {
    ...{ form: t('filter.label'), search: t('filter.search'), placeholder: t('filter.placeholder') },
    ...{ submit: t('filter.submit'), part: t('filter.part') },
  };
  return (
    <>
      <PageHead
        title={t('title')}
        lead={t('lead')}
        actions={
          <a href={`/api/audit.csv?${new URLSearchParams(auditFilterQuery(filter))}`} className={buttonClass()}>
            {t('download')}
          </a>
        }
      />
      <ListFilters
        key={filter.search}
        labels={labels}
        search={filter.search}
        maxLength={maxAuditSearchLength}
        part={filter.part ?? ''}
        parts={[
          { value: '', label: t('filter.all') },
          ...auditParts.map((part) => ({ value: part, label: t(`filter.parts.${part}`) })),
        ]}
        onSearch={(search) => narrow({ ...filter, search })}
        onPart={(chosen) => narrow({ ...filter, part: auditParts.find((part) => part === chosen) })}
      />
      {list.error && <ErrorState {...failure(list.error)} onRetry={() => list.refetch()} />}
      {list.isPending && <SkeletonRows rows={skeletonRows} />}
      {rows?.length === 0 && (
        <EmptyState
          title={t('noMatch.title')}
          action={<Button onClick={() => narrow({ search: '', part: undefined })}>{t('noMatch.clear')}</Button>}
        >
          {t('noMatch.body')}
        </EmptyState>
      )}
      {rows && rows.length > 0 && <AuditTable rows={rows} />}
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
