'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { PagedList } from '#components/paged-list.tsx';
import { SavedViews } from '#features/saved-view/components/saved-views.tsx';
import { ListKeys } from '#features/triage/components/list-keys.tsx';
import { usePathname, useRouter } from '#i18n/navigation.ts';
import { PageHead } from '#ui/section.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { EmptyState } from '#ui/states.tsx';
import { decisionId } from '../decision-id.ts';
import { readRefundPart, refundPartQuery, refundParts } from '../refund-parts.ts';
import { RefundTable } from './refund-table.tsx';

/** Customers ask at any time, and providers answer later. */
const refreshMs = 10_000;

/** The refund desk: what waits for a decision, what is on its way, what is over. */
export function Refunds() {
  const t = useTranslations('refundDesk');
  const router = useRouter();
  const pathname = usePathname();
  const part = readRefundPart(useSearchParams().get('part'));
  const list = api.refundDesk.list.useInfiniteQuery(
    { part },
    { getNextPageParam: (page) => page.nextCursor, refetchInterval: refreshMs },
  );
  const refunds = list.data?.pages.flatMap((page) => page.refunds);
  const waiting = list.data?.pages[0]?.waiting;
  const labelOf = (one: (typeof refundParts)[number]) =>
    one === 'requested' && waiting ? t('part.requestedCount', { count: waiting }) : t(`part.${one}`);
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <div className="mb-4 overflow-x-auto">
        <Segmented
          label={t('part.label')}
          value={part}
          onChange={(next) => router.replace({ pathname, query: refundPartQuery(next) }, { scroll: false })}
          options={refundParts.map((one) => ({ value: one, label: labelOf(one) }))}
        />
      </div>
      <ListKeys
        list={list}
        hrefs={refunds?.map(({ id }) => `/admin/refunds/${id}`)}
        decisionId={decisionId}
        tools={<SavedViews page="refunds" query={refundPartQuery(part)} />}
      >
        <PagedList
          list={list}
          rows={refunds}
          more={t('more')}
          empty={<EmptyState title={t(`empty.${part}`)}>{t('empty.body')}</EmptyState>}
        >
          {(shown) => <RefundTable refunds={shown} />}
        </PagedList>
      </ListKeys>
    </>
  );
}
