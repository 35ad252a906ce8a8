'use client';

import { useTranslations } from 'next-intl';
import { Button } from '#ui/button.tsx';
import { EmptyState, ErrorState, Skeleton, SkeletonRows } from '#ui/states.tsx';

/** What stands where there is nothing yet, nothing at all, or something went wrong. */
export function KitStates() {
  const t = useTranslations('kit');
  return (
    <div className="flex flex-col gap-8">
      <div data-testid="skeletons">
        <Skeleton className="mb-3 h-9 w-64" />
        <SkeletonRows rows={3} />
      </div>
      <EmptyState title={t('empty.title')} action={<Button look="primary">{t('add')}</Button>}>
        {t('empty.body')}
      </EmptyState>
      <ErrorState message={t('error')} requestId="req_0jd4vz0001234567890abc" onRetry={() => {}} />
    </div>
  );
}
