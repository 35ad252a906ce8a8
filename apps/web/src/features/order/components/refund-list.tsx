'use client';

import { useLocale, useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { moneyText } from '#components/money.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { ErrorState } from '#ui/states.tsx';
import { Status } from '#ui/status.tsx';
import { type RefundView, refundTones } from '../order-tones.ts';

/** An order's refunds: how each stands, and what happens next. */
export function RefundList({ refunds }: { readonly refunds: readonly RefundView[] }) {
  const t = useTranslations('order.refund');
  return (
    <ul aria-label={t('listLabel')} className="mb-6 border-t border-rule">
      {refunds.map((refund) => (
        <RefundRow key={refund.id} refund={refund} />
      ))}
    </ul>
  );
}

function RefundRow({ refund }: { readonly refund: RefundView }) {
  const t = useTranslations('order.refund');
  const locale = useLocale();
  const failure = useFailure();
  const mayAsk = useMay('refund.request');
  const utils = api.useUtils();
  const cancel = api.order.cancelRefund.useMutation({ onSettled: () => utils.order.invalidate() });
  const { state, reason, answer } = refund;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b border-rule py-3 text-small">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-mono tabular-nums">{moneyText(refund.amountMinor, refund.currency, locale)}</span>
          <Status tone={refundTones[state]}>{t(`state.${state}`)}</Status>
          <span className="text-caption text-ink-faint">
            <LocalTime at={refund.endedAt ?? refund.createdAt} />
          </span>
        </p>
        <p className="mt-0.5 max-w-2xl text-ink-soft">{t(`next.${state}`)}</p>
        {reason && <p className="mt-0.5 max-w-2xl wrap-anywhere text-ink-faint">{t('yourReason', { reason })}</p>}
        {answer && (
          <p className="mt-0.5 max-w-2xl whitespace-pre-line wrap-anywhere">{t('answer', { reason: answer })}</p>
        )}
        {cancel.error && <ErrorState {...failure(cancel.error)} />}
      </div>
      {refund.isCancellable && mayAsk && (
        <Button busy={cancel.isPending} onClick={() => cancel.mutate({ refundId: refund.id })}>
          {t('takeBack')}
        </Button>
      )}
    </li>
  );
}
