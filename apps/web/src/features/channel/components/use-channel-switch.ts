'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useToast } from '#ui/toast.tsx';
import type { Channel } from '../channel-filter.ts';

/** Switches a channel on or off at once, and back where the server refuses. */
export function useChannelSwitch() {
  const t = useTranslations('channels');
  const toast = useToast();
  const failure = useFailure();
  const utils = api.useUtils();
  return api.channel.setEnabled.useMutation({
    async onMutate({ channelId, enabled }) {
      await utils.channel.list.cancel();
      const before = utils.channel.list.getData();
      const flip = (channel: Channel) => (channel.id === channelId ? { ...channel, enabled } : channel);
      utils.channel.list.setData(undefined, (list) => list?.map(flip));
      return { before, name: before?.find(({ id }) => id === channelId)?.name ?? '' };
    },
    onSuccess: (_, { enabled }, { name }) => toast({ title: t(enabled ? 'nowEnabled' : 'nowDisabled', { name }) }),
    onError(error, _, context) {
      utils.channel.list.setData(undefined, context?.before);
      toast({ title: failure(error).message, type: 'error' });
    },
    onSettled: () => utils.channel.list.invalidate(),
  });
}
