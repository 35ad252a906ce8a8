'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { answerContext } from '../answer-context.ts';
import type { RefundPage } from '../refund-page.ts';
import { AmountField, useAmount } from './amount-field.tsx';
import { MailPreview } from './mail-preview.tsx';
import { ReasonField } from './reason-field.tsx';
import { RefundPreview } from './refund-preview.tsx';

/** Approve, lower or decline a refund that somebody asked for, with what it will do in sight. */
export function Decision({ refund }: { readonly refund: RefundPage }) {
  const t = useTranslations('refundDesk');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const most = least(refund.amountMinor, refund.unused.refundable?.maxAmountMinor ?? 0n);
  const amount = useAmount(most, refund.currency);
  const [reason, setReason] = useState('');
  const [tellsReason, setTellsReason] = useState(false);
  const answer = {
    onSuccess: ({ state }: { state: RefundPage['state'] }) => toast({ title: t(`now.${state}`) }),
    onSettled: () => Promise.all([utils.refundDesk.invalidate(), utils.orderDesk.invalidate()]),
  };
  const approve = api.refundDesk.approve.useMutation(answer);
  const decline = api.refundDesk.decline.useMutation(answer);
  const error = approve.error ?? decline.error;
  const isBusy = approve.isPending || decline.isPending;
  const isSecond = refund.approvedBy !== null;
  const mayApprove = refund.ownPart === undefined && most > 0n;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy || !mayApprove || amount.minor === undefined) return;
    approve.mutate({ refundId: refund.id, amountMinor: amount.minor, reason: reason.trim(), tellsReason });
  }

  const context = answerContext({
    ...{ orderId: refund.order.id, organizationName: refund.organization.name, reader: refund.reader },
    ...{ amountMinor: amount.minor ?? refund.amountMinor, currency: refund.currency },
  });

  /** A reply speaks to the customer: it is meant to be read. */
  function insert(text: string) {
    setReason(text);
    setTellsReason(true);
  }

  return (
    <form onSubmit={submit} className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
      <div className="flex flex-col gap-4">
        {isSecond && <p className="border-l-2 border-warn pl-3 text-small">{t('isSecond')}</p>}
        {refund.ownPart && <p className="border-l-2 border-warn pl-3 text-small">{t(`own.${refund.ownPart}`)}</p>}
        {mayApprove && <AmountField amount={amount} currency={refund.currency} />}
        <ReasonField
          value={reason}
          onChange={setReason}
          hint={t('form.reasonHint')}
          context={context}
          onInsert={insert}
        />
        {mayApprove && (
          <Checkbox checked={tellsReason} onChange={setTellsReason}>
            {t('form.tellsReason')}
          </Checkbox>
        )}
      </div>
      {mayApprove && amount.minor !== undefined && (
        <div className="lg:row-span-2">
          <RefundPreview orderId={refund.order.id} amountMinor={amount.minor} isSecond={isSecond} />
        </div>
      )}
      <div className="flex flex-col gap-4">
        {error && <ErrorState {...failure(error)} />}
        <div className="flex flex-wrap gap-2.5">
          <Button type="submit" look="primary" busy={approve.isPending} disabled={!mayApprove || !reason.trim()}>
            {t('approve')}
          </Button>
          <Button
            busy={decline.isPending}
            disabled={approve.isPending || !reason.trim()}
            onClick={() => decline.mutate({ refundId: refund.id, reason: reason.trim() })}
          >
            {t('decline')}
          </Button>
        </div>
      </div>
      <div className="min-w-0 lg:col-span-2">
        <Disclosure label={t('mail.open')}>
          <MailPreview
            refund={refund}
            amountMinor={mayApprove ? amount.minor : undefined}
            reason={reason}
            tellsReason={tellsReason}
          />
        </Disclosure>
      </div>
    </form>
  );
}

const least = (a: bigint, b: bigint) => (a < b ? a : b);
