'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { ReasonDialog } from '#components/reason-dialog.tsx';
import { useToast } from '#ui/toast.tsx';
import { maxActReasonLength } from '../act-reason.ts';
import type { CustomerPage } from '../customer-page.ts';

export interface ActDialogProps {
  readonly customer: CustomerPage;
  readonly onClose: () => void;
}

/** Refuses all of a customer's keys, or lets them in again. */
export function SuspendDialog({ customer: { id, name, isSuspended }, onClose }: ActDialogProps) {
  const t = useTranslations('customers.act');
  const toast = useToast();
  const utils = api.useUtils();
  const part = isSuspended ? 'resume' : 'suspend';
  const act = api.customer.setSuspended.useMutation({
    async onSuccess() {
      await utils.customer.invalidate();
      toast({ title: t(`${part}.done`, { name }) });
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t(`${part}.title`, { name })}
      lead={t(`${part}.lead`)}
      labels={{ reason: t('reason'), hint: t('hint'), submit: t(`${part}.submit`), cancel: t('cancel') }}
      maxLength={maxActReasonLength}
      isDanger={!isSuspended}
      act={act}
      onSubmit={(reason) => act.mutate({ organizationId: id, suspended: !isSuspended, reason })}
      onClose={onClose}
    />
  );
}
