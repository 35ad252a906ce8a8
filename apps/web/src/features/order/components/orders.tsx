'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { OrderTable } from './order-table.tsx';

const skeletonRows = 5;

/** What the organization bought, newest first. */
export function Orders() {
  const t = useTranslations('orders');
  const failure = useFailure();
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
      {list.error && <ErrorState {...failure(list.error)} onRetry={() => list.refetch()} />}
      {list.isPending && <SkeletonRows rows={skeletonRows} />}
      {orders?.length === 0 && (
        <EmptyState title={t('empty.title')} action={buy}>
          {t('empty.body')}
        </EmptyState>
      )}
      {orders && orders.length > 0 && <OrderTable orders={orders} />}
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
