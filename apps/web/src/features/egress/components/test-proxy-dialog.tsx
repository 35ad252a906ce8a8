'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { isOver, untilOver, useTaskId } from '#components/use-task.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { ErrorState } from '#ui/states.tsx';
import { ProxyTestResult } from './proxy-test-result.tsx';

export interface TestProxyDialogProps {
  readonly proxy: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}

/** Asks a worker to connect through the proxy, as soon as it opens. */
export function TestProxyDialog({ proxy: { id: proxyId, name }, onClose }: TestProxyDialogProps) {
  const t = useTranslations('egress.test');
  const failure = useFailure();
  const task = useTaskId();
  const test = api.egress.test.useMutation({ onSuccess: task.onSuccess });
  const tested = api.egress.testResult.useQuery({ taskId: task.taskId ?? '' }, untilOver(task.taskId));
  const began = useRef(false);
  const error = test.error ?? tested.error;
  const isBusy = !error && !isOver(tested.data);

  function run() {
    task.forget();
    test.mutate({ proxyId });
  }

  useEffect(() => {
    if (began.current) return;
    began.current = true;
    run();
  });

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('title', { name })} description={t('lead')}>
      <div aria-live="polite" className="min-h-16">
        {error && <ErrorState {...failure(error)} />}
        {isBusy && <p className="text-small text-ink-soft">{t('running')}</p>}
        {!error && tested.data && isOver(tested.data) && <ProxyTestResult view={tested.data} />}
      </div>
      <DialogActions>
        <Button onClick={run} busy={isBusy}>
          {t('again')}
        </Button>
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
