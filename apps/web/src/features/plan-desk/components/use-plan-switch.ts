'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useToast } from '#ui/toast.tsx';

/** Puts a plan on sale or takes it off. */
export function usePlanSwitch() {
  const t = useTranslations('planDesk');
  const toast = useToast();
  const failure = useFailure();
  const utils = api.useUtils();
  return api.planDesk.setEnabled.useMutation({
    onSuccess: (_, { id, enabled }) => toast({ title: t(enabled ? 'nowOn' : 'nowOff', { name: id }) }),
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
    onSettled: () => utils.planDesk.list.invalidate(),
  });
}
