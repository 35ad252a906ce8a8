'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useToast } from '#ui/toast.tsx';

/** Switches an own key off or on: shown at once, taken back when the server refuses. */
export function useOwnKeySwitch() {
  const t = useTranslations('ownKeys');
  const toast = useToast();
  const failure = useFailure();
  const utils = api.useUtils();

  const settings = (enabled: boolean) => ({
    async onMutate({ ownKeyId }: { readonly ownKeyId: string }) {
      await utils.ownKey.list.cancel();
      const before = utils.ownKey.list.getData({});
      utils.ownKey.list.setData({}, (list) =>
        list ? { ...list, keys: list.keys.map((key) => (key.id === ownKeyId ? { ...key, enabled } : key)) } : list,
      );
      return { before };
    },
    onSuccess: () => toast({ title: t(enabled ? 'nowEnabled' : 'nowDisabled') }),
    onError(error: unknown, _input: unknown, context: { before: typeof list } | undefined) {
      utils.ownKey.list.setData({}, context?.before);
      toast({ title: failure(error).message, type: 'error' });
    },
    onSettled: () => utils.ownKey.list.invalidate(),
  });
  const list = utils.ownKey.list.getData({});
  const disable = api.ownKey.disable.useMutation(settings(false));
  const enable = api.ownKey.update.useMutation(settings(true));
  return { disable, enable };
}
