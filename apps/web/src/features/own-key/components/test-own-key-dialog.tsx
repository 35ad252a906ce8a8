'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { TaskDialog } from '#components/task-dialog.tsx';
import { isOver, untilOver, useTaskId } from '#components/use-task.ts';
import type { OwnKeyDialogProps } from './edit-own-key-dialog.tsx';
import { OwnKeyTestResult } from './own-key-test-result.tsx';

/** Asks the worker for one real call with the key, as soon as it opens. */
export function TestOwnKeyDialog({ ownKey, onClose }: OwnKeyDialogProps) {
  const t = useTranslations('ownKeys.test');
  const { id: ownKeyId, name } = ownKey;
  const task = useTaskId();
  const test = api.ownKey.test.useMutation({ onSuccess: task.onSuccess });
  const tested = api.ownKey.testResult.useQuery({ ownKeyId, taskId: task.taskId ?? '' }, untilOver(task.taskId));
  const error = test.error ?? tested.error;

  function run() {
    task.forget();
    test.mutate({ ownKeyId });
  }

  return (
    <TaskDialog
      title={t('title', { name })}
      lead={t('lead')}
      labels={{ running: t('running'), again: t('again'), done: t('done') }}
      error={error}
      isBusy={!error && !isOver(tested.data)}
      onRun={run}
      onClose={onClose}
    >
      {tested.data && isOver(tested.data) && <OwnKeyTestResult view={tested.data} />}
    </TaskDialog>
  );
}
