'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { Copyable } from '#components/copyable.tsx';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Fact } from '#ui/fact.tsx';
import { useToast } from '#ui/toast.tsx';
import type { RefundPage } from '../refund-page.ts';
import { BeginRefundDialog } from './begin-refund-dialog.tsx';

/** How a decided refund goes on, and what can be done where it does not. */
export function RefundProgress({ refund }: { readonly refund: RefundPage }) {
  const t = useTranslations('refundDesk');
  return (
    <>
      <p className="mb-4 max-w-2xl text-small">{t(`meaning.${refund.state}`)}</p>
      <dl className="grid gap-x-10 text-small lg:grid-cols-2">
        {refund.providerRefundId && (
          <Fact label={t('fact.providerRefund')}>
            <Copyable text={refund.providerRefundId} what={t('fact.providerRefund')} />
          </Fact>
        )}
        {refund.providerStatus && (
          <Fact label={t('fact.providerStatus')}>
            <code className="font-mono">{refund.providerStatus}</code>
          </Fact>
        )}
        {refund.attempts > 0 && <Fact label={t('fact.attempts')}>{refund.attempts}</Fact>}
        {refund.lastError && (
          <Fact label={t('fact.lastError')}>
            <span className="text-bad">{refund.lastError}</span>
          </Fact>
        )}
        {refund.endedAt && (
          <Fact label={t('fact.endedAt')}>
            <LocalTime at={refund.endedAt} />
          </Fact>
        )}
      </dl>
      <Again refund={refund} />
    </>
  );
}

/** Asks the provider again, or begins a new refund where one has failed. */
function Again({ refund }: { readonly refund: RefundPage }) {
  const t = useTranslations('refundDesk');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const mayDecide = useMay('refund.decide');
  const [isBeginning, setBeginning] = useState(false);
  const retry = api.refundDesk.retry.useMutation({
    onSuccess: ({ state }) => toast({ title: t(`now.${state}`) }),
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
    onSettled: () => utils.refundDesk.invalidate(),
  });
  const most = refund.unused.refundable?.maxAmountMinor ?? 0n;
  if (!mayDecide) return null;
  return (
    <div className="mt-4">
      {refund.state === 'reserved' && (
        <Button busy={retry.isPending} onClick={() => retry.mutate({ refundId: refund.id })}>
          {t('retry')}
        </Button>
      )}
      {refund.state === 'failed' && most > 0n && <Button onClick={() => setBeginning(true)}>{t('beginAgain')}</Button>}
      {isBeginning && (
        <BeginRefundDialog
          order={refund.order}
          organization={refund.organization}
          reader={refund.reader}
          maxAmountMinor={most}
          onClose={() => setBeginning(false)}
        />
      )}
    </div>
  );
}
