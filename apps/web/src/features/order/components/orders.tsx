'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { PagedList } from '#components/paged-list.tsx';
import { useMay } from '#components/permissions.tsx';
import { Link } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState } from '#ui/states.tsx';
import { OrderTable } from './order-table.tsx';

/** What the organization bought, newest first. */
export function Orders() {
  const t = useTranslations('orders');
  const mayBuy = useMay('order.create');
  const list = api.order.list.useInfiniteQuery({}, { getNextPageParam: (page) => page.nextCursor });
  const orders = list.data?.pages.flatMap((page) => page.orders);
  const buy = mayBuy && (
    <Link href="/console/plans" className={buttonClass('primary')}>
      {t('buy')}
    </Link>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={buy} />
      <PagedList
        list={list}
        rows={orders}
        more={t('more')}
        empty={
          <EmptyState title={t('empty.title')} action={buy}>
            {t('empty.body')}
          </EmptyState>
        }
      >
        {(shown) => <OrderTable orders={shown} />}
      </PagedList>
    </>
  );
}
