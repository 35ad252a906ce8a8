'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { ListFilters } from '#components/list-filters.tsx';
import { PagedList } from '#components/paged-list.tsx';
import { useAddressFilter } from '#components/use-address-filter.ts';
import { SavedViews } from '#features/saved-view/components/saved-views.tsx';
import { Button, buttonClass } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState } from '#ui/states.tsx';
import { auditFilterQuery, auditParts, maxAuditSearchLength, readAuditFilter } from '../audit-filter.ts';
import { AuditTable } from './audit-table.tsx';

/** Who did what, newest first; what it is narrowed to is in the address. */
export function AuditLog() {
  const t = useTranslations('audit');
  const [filter, narrow] = useAddressFilter(readAuditFilter, auditFilterQuery);
  const list = api.audit.list.useInfiniteQuery(filter, { getNextPageParam: (page) => page.nextCursor });
  const rows = list.data?.pages.flatMap((page) => page.rows);
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
        onSearch={(search) => narrow({ search })}
        onPart={(chosen) => narrow({ part: auditParts.find((part) => part === chosen) })}
      />
      <div className="mb-4">
        <SavedViews page="audit" query={auditFilterQuery(filter)} />
      </div>
      <PagedList
        list={list}
        rows={rows}
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
        {(shown) => <AuditTable rows={shown} />}
      </PagedList>
    </>
  );
}
