'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useToast } from '#ui/toast.tsx';

/** Switches a key off or on: shown at once, taken back when the server refuses. */
export function useDisableKey() {
  const t = useTranslations('keys');
  const toast = useToast();
  const failure = useFailure();
  const utils = api.useUtils();
  return api.apiKey.setDisabled.useMutation({
    onMutate: async ({ apiKeyId, disabled }) => {
      await utils.apiKey.list.cancel();
      const before = utils.apiKey.list.getData({});
      const disabledAt = disabled ? new Date() : null;
      utils.apiKey.list.setData({}, (keys) => keys?.map((key) => (key.id === apiKeyId ? { ...key, disabledAt } : key)));
      return { before };
    },
    onError: (error, _input, context) => {
      utils.apiKey.list.setData({}, context?.before);
      toast({ title: failure(error).message, type: 'error' });
    },
    onSuccess: (_answer, { disabled }) => toast({ title: t(disabled ? 'nowDisabled' : 'nowEnabled') }),
    onSettled: () => utils.apiKey.list.invalidate(),
  });
}
