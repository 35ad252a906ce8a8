'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { ReasonDialog } from '#components/reason-dialog.tsx';
import { maxActReasonLength } from '#features/customer/act-reason.ts';
import { useToast } from '#ui/toast.tsx';
import type { ActedPerson } from '../acted-person.ts';

export type PersonAct = 'signOut' | 'sendReset' | 'suspend' | 'resume';

export interface PersonActDialogProps {
  readonly person: ActedPerson;
  readonly act: PersonAct;
  readonly onClose: () => void;
}

/** One thing that staff do to a person, for a reason. */
export function PersonActDialog({ person, act, onClose }: PersonActDialogProps) {
  const t = useTranslations('people');
  const toast = useToast();
  const utils = api.useUtils();
  const settled = {
    async onSuccess() {
      await Promise.all([utils.person.invalidate(), utils.customer.invalidate()]);
      toast({ title: t(`${act}.done`, { name: person.email }) });
      onClose();
    },
  };
  const signOut = api.person.signOut.useMutation(settled);
  const sendReset = api.person.sendReset.useMutation(settled);
  const setSuspended = api.person.setSuspended.useMutation(settled);
  const used = act === 'signOut' ? signOut : act === 'sendReset' ? sendReset : setSuspended;

  function submit(reason: string) {
    const of = { userId: person.id, reason };
    if (act === 'signOut') signOut.mutate(of);
    else if (act === 'sendReset') sendReset.mutate(of);
    else setSuspended.mutate({ ...of, suspended: act === 'suspend' });
  }

  return (
    <ReasonDialog
      title={t(`${act}.title`, { name: person.email })}
      lead={t(`${act}.lead`)}
      labels={{ reason: t('reason'), hint: t('hint'), submit: t(`${act}.submit`), cancel: t('cancel') }}
      maxLength={maxActReasonLength}
      isDanger={act === 'suspend'}
      act={used}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}
