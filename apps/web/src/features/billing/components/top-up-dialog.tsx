'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Dialog } from '#ui/dialog.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import type { TopUp } from '../billing-page.ts';
import { TopUpFields } from './top-up-fields.tsx';

export interface TopUpDialogProps {
  readonly topUp: TopUp | null;
  readonly onClose: () => void;
}

const skeletonRows = 4;

/** What is bought by itself, when, and how often at most. */
export function TopUpDialog({ topUp, onClose }: TopUpDialogProps) {
  const t = useTranslations('billing.topUp.form');
  const failure = useFailure();
  const offers = api.plan.onSale.useQuery({});
  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={t('description')}
    >
      {offers.isPending && <SkeletonRows rows={skeletonRows} className="h-14" />}
      {offers.error && <ErrorState {...failure(offers.error)} onRetry={() => offers.refetch()} />}
      {offers.data && <TopUpFields offers={offers.data} topUp={topUp} onClose={onClose} />}
    </Dialog>
  );
}
