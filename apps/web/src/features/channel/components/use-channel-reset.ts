'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { isOver, taskPollMs } from '#components/use-task.ts';
import { useToast } from '#ui/toast.tsx';

/** @returns how to close a channel's breaker; what came of it is told in a message */
export function useChannelReset(): (channelId: string) => void {
  const t = useTranslations('channels');
  const toast = useToast();
  const failure = useFailure();
  const utils = api.useUtils();
  const { mutate } = api.channel.reset.useMutation({
    async onSuccess({ taskId }) {
      const read = () => utils.channel.resetResult.fetch({ taskId }, { staleTime: 0 });
      let view = await read();
      while (!isOver(view)) {
        await new Promise((resolve) => setTimeout(resolve, taskPollMs));
        view = await read();
      }
      if (view.status === 'done') toast({ title: t(view.result.wasEjected ? 'resetDone' : 'resetNothing') });
      else toast({ title: t(view.status === 'unclaimed' ? 'test.unclaimed' : 'test.lost'), type: 'error' });
      await utils.channel.list.invalidate();
    },
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
  });
  return (channelId) => mutate({ channelId });
}
