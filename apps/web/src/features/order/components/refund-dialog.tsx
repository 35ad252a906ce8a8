'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { decimalOfMinor, minorOfDecimal, moneyText } from '#components/money.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextArea, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { OrderView } from '../order-tones.ts';

const maxReasonLength = 1_000;
const reasonRows = 3;

export interface RefundDialogProps {
  readonly order: OrderView;
  readonly maxAmountMinor: bigint;
  /** Within so many days somebody decides. */
  readonly answerDays: number;
  readonly onClose: () => void;
}

/** Asks for unused tokens' money back: all of it, or less. */
export function RefundDialog({ order, maxAmountMinor, answerDays, onClose }: RefundDialogProps) {
  const t = useTranslations('order.refund.form');
  const locale = useLocale();
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const { id: orderId, currency } = order;
  // Untouched, it is all that is unused at the moment of asking.
  const [typed, setTyped] = useState<string>();
  const [reason, setReason] = useState('');
  const most = moneyText(maxAmountMinor, currency, locale);
  const amountMinor = typed === undefined ? undefined : minorOfDecimal(typed, currency);
  const isWrong = typed !== undefined && !(amountMinor && amountMinor > 0n && amountMinor <= maxAmountMinor);
  const request = api.order.requestRefund.useMutation({
    async onSuccess() {
      await utils.order.invalidate();
      toast({ title: t('done') });
      onClose();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isWrong) request.mutate({ orderId, amountMinor, reason });
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('title')} description={t('lead')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label={t('amount', { currency: currency.toUpperCase() })}
          hint={t('amountHint', { most })}
          error={isWrong ? t('amountWrong', { most }) : undefined}
        >
          <TextInput
            value={typed ?? decimalOfMinor(maxAmountMinor, currency)}
            onChange={(event) => setTyped(event.target.value)}
            inputMode="decimal"
            autoComplete="off"
            className="font-mono"
          />
        </Field>
        <Field label={t('reason')} hint={t('reasonHint')}>
          <TextArea
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            required
            rows={reasonRows}
            maxLength={maxReasonLength}
          />
        </Field>
        <ul className="flex list-disc flex-col gap-1 pl-5 text-small text-ink-soft">
          {(['usable', 'answer', 'method', 'keys'] as const).map((fact) => (
            <li key={fact}>{t(`fact.${fact}`, { days: answerDays })}</li>
          ))}
        </ul>
        {request.error && <ErrorState {...failure(request.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={request.isPending}>
            {t('submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
