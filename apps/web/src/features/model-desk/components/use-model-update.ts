'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useToast } from '#ui/toast.tsx';

/** Changes something of a model other than its price. */
export function useModelUpdate() {
  const t = useTranslations('modelDesk');
  const toast = useToast();
  const failure = useFailure();
  const utils = api.useUtils();
  return api.modelDesk.update.useMutation({
    onSuccess: () => toast({ title: t('saved') }),
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
    onSettled: () => utils.modelDesk.invalidate(),
  });
}
