'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useToast } from '#ui/toast.tsx';
import type { Channel } from '../channel-filter.ts';

/** Stops giving a channel new requests, or takes that back; shown at once, and put back where the server refuses. */
export function useChannelDrain() {
  const t = useTranslations('channels');
  const toast = useToast();
  const failure = useFailure();
  const utils = api.useUtils();
  return api.channel.setDraining.useMutation({
    async onMutate({ channelId, isDraining }) {
      await utils.channel.list.cancel();
      const before = utils.channel.list.getData();
      const drainingSince = isDraining ? new Date() : null;
      const turn = (channel: Channel) => (channel.id === channelId ? { ...channel, drainingSince } : channel);
      utils.channel.list.setData(undefined, (list) => list?.map(turn));
      return { before, name: before?.find(({ id }) => id === channelId)?.name ?? '' };
    },
    onSuccess: (_, { isDraining }, { name }) =>
      toast(
        isDraining
          ? { title: t('drain.began', { name }), description: t('drain.beganNote') }
          : { title: t('drain.ended', { name }) },
      ),
    onError(error, _, context) {
      utils.channel.list.setData(undefined, context?.before);
      toast({ title: failure(error).message, type: 'error' });
    },
    onSettled: () => utils.channel.list.invalidate(),
  });
}
