'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { useToast } from '#ui/toast.tsx';

export interface CancelOrderProps {
  readonly orderId: string;
  /** What is called off, where several are on the page. */
  readonly label?: string;
}

/** Calls an unpaid order off. One that was paid meanwhile says so, and shows as paid. */
export function CancelOrder({ orderId, label }: CancelOrderProps) {
  const t = useTranslations('order.cancel');
  const toast = useToast();
  const failure = useFailure();
  const utils = api.useUtils();
  const mayBuy = useMay('order.create');
  const cancel = api.order.cancel.useMutation({
    onSuccess: ({ state }) => toast({ title: t(state === 'pending' ? 'underWay' : 'done') }),
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
    onSettled: () => Promise.all([utils.order.invalidate(), utils.balance.invalidate()]),
  });
  if (!mayBuy) return null;
  return (
    <Button busy={cancel.isPending} onClick={() => cancel.mutate({ orderId })} aria-label={label}>
      {t('action')}
    </Button>
  );
}
