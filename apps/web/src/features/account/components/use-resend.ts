'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useToast } from '#ui/toast.tsx';

/** Has the mail that confirms one's address sent again, and says how that went. */
export function useResend() {
  const t = useTranslations('settings.notice');
  const failure = useFailure();
  const toast = useToast();
  return api.account.resendVerification.useMutation({
    onSuccess: () => toast({ title: t('sent') }),
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
  });
}
