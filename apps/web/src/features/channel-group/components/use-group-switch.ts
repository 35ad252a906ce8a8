'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useToast } from '#ui/toast.tsx';

/** Switches a group on or off. */
export function useGroupSwitch() {
  const t = useTranslations('groups');
  const toast = useToast();
  const failure = useFailure();
  const utils = api.useUtils();
  return api.channelGroup.setEnabled.useMutation({
    onSuccess: (_, { id, enabled }) => toast({ title: t(enabled ? 'nowEnabled' : 'nowDisabled', { name: id }) }),
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
    onSettled: () => utils.channelGroup.list.invalidate(),
  });
}
