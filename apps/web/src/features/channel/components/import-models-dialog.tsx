'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { isOver, untilOver, useTaskId } from '#components/use-task.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { Verbatim } from '#ui/verbatim.tsx';
import type { Channel } from '../channel-filter.ts';
import { ImportModelsForm } from './import-models-form.tsx';

export interface ImportModelsDialogProps {
  readonly channel: Channel;
  readonly onClose: () => void;
}

/** Asks the worker for the upstream's models and lets staff choose among them. */
export function ImportModelsDialog({ channel, onClose }: ImportModelsDialogProps) {
  const t = useTranslations('channels');
  const failure = useFailure();
  const { taskId, onSuccess } = useTaskId();
  const list = api.channel.models.useMutation({ onSuccess });
  const listed = api.channel.modelsResult.useQuery({ taskId: taskId ?? '' }, untilOver(taskId));
  const choices = api.channel.choices.useQuery();
  const began = useRef(false);
  useEffect(() => {
    if (began.current) return;
    began.current = true;
    list.mutate({ channelId: channel.id });
  });
  const error = list.error ?? listed.error ?? choices.error;
  const isOut = isOver(listed.data) && listed.data?.status !== 'done';
  const result = listed.data?.status === 'done' ? listed.data.result : undefined;
  const again = () => list.mutate({ channelId: channel.id });
  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={t('models.importTitle')}
      description={t('models.importLead')}
    >
      {error && <ErrorState {...failure(error)} onRetry={again} />}
      {isOut && (
        <ErrorState message={t(listed.data?.status === 'unclaimed' ? 'test.unclaimed' : 'test.lost')} onRetry={again} />
      )}
      {!error && !isOut && !(result && choices.data) && <SkeletonRows rows={6} />}
      {result?.failure && (
        <div className="flex flex-col gap-3">
          <ErrorState message={t('models.importFailed')} onRetry={again} />
          <Verbatim text={result.failure.text} />
        </div>
      )}
      {result && !result.failure && choices.data && (
        <ImportModelsForm channel={channel} result={result} choices={choices.data} onDone={onClose} />
      )}
      {(error || isOut || result?.failure) && (
        <div className="mt-6 flex justify-end">
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      )}
    </Dialog>
  );
}
