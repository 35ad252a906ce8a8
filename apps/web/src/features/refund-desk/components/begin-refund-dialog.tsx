'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import type { AnswerReader } from '#features/reply/reply.ts';
import { useRouter } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { ErrorState } from '#ui/states.tsx';
import { answerContext } from '../answer-context.ts';
import { AmountField, useAmount } from './amount-field.tsx';
import { ReasonField } from './reason-field.tsx';
import { RefundPreview } from './refund-preview.tsx';

export interface BeginRefundDialogProps {
  readonly order: { readonly id: string; readonly currency: string };
  readonly organization: { readonly name: string };
  /** Whom the reason is for: it stands at the order. */
  readonly reader: AnswerReader;
  readonly maxAmountMinor: bigint;
  readonly onClose: () => void;
}

/** Asks for a refund in the customer's name. Somebody else approves it. */
export function BeginRefundDialog({ order, organization, reader, maxAmountMinor, onClose }: BeginRefundDialogProps) {
  const t = useTranslations('refundDesk');
  const failure = useFailure();
  const router = useRouter();
  const utils = api.useUtils();
  const amount = useAmount(maxAmountMinor, order.currency);
  const [reason, setReason] = useState('');
  const begin = api.refundDesk.begin.useMutation({
    async onSuccess({ refundId }) {
      await Promise.all([utils.orderDesk.invalidate(), utils.refundDesk.list.invalidate()]);
      router.push(`/admin/refunds/${refundId}`);
      onClose();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (begin.isPending || amount.minor === undefined || !reason.trim()) return;
    begin.mutate({ orderId: order.id, amountMinor: amount.minor, reason: reason.trim() });
  }

  const context = answerContext({
    ...{ orderId: order.id, organizationName: organization.name, reader },
    ...{ amountMinor: amount.minor ?? maxAmountMinor, currency: order.currency },
  });

  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={t('begin.title')}
      description={t('begin.lead')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <AmountField amount={amount} currency={order.currency} />
        <ReasonField
          value={reason}
          onChange={setReason}
          hint={t('begin.reasonHint')}
          context={context}
          onInsert={setReason}
        />
        {amount.minor !== undefined && <RefundPreview orderId={order.id} amountMinor={amount.minor} isSecond={false} />}
        {begin.error && <ErrorState {...failure(begin.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={begin.isPending} disabled={!reason.trim()}>
            {t('begin.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
