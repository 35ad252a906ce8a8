'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { TaskDialog } from '#components/task-dialog.tsx';
import { isOver, untilOver, useTaskId } from '#components/use-task.ts';
import { ProxyTestResult } from './proxy-test-result.tsx';

export interface TestProxyDialogProps {
  readonly proxy: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}

/** Asks a worker to connect through the proxy, as soon as it opens. */
export function TestProxyDialog({ proxy: { id: proxyId, name }, onClose }: TestProxyDialogProps) {
  const t = useTranslations('egress.test');
  const task = useTaskId();
  const test = api.egress.test.useMutation({ onSuccess: task.onSuccess });
  const tested = api.egress.testResult.useQuery({ taskId: task.taskId ?? '' }, untilOver(task.taskId));
  const error = test.error ?? tested.error;

  function run() {
    task.forget();
    test.mutate({ proxyId });
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
      {tested.data && isOver(tested.data) && <ProxyTestResult view={tested.data} />}
    </TaskDialog>
  );
}
