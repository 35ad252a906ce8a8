'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useFailure } from './use-failure.ts';

export interface TaskDialogProps {
  readonly title: string;
  readonly lead: string;
  readonly labels: { readonly running: string; readonly again: string; readonly done: string };
  /** Of asking for the task, or for its result. */
  readonly error: unknown;
  readonly isBusy: boolean;
  readonly onRun: () => void;
  readonly onClose: () => void;
  /** What came of it, once that is known. */
  readonly children: ReactNode;
}

/** A worker's task with a dialog of its own: it runs as soon as the dialog opens, and again when asked to. */
export function TaskDialog({ title, lead, labels, error, isBusy, onRun, onClose, children }: TaskDialogProps) {
  const failure = useFailure();
  const hasBegun = useRef(false);
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    onRun();
  });
  const hasFailed = error !== null && error !== undefined;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title} description={lead}>
      <div aria-live="polite" className="min-h-16">
        {hasFailed && <ErrorState {...failure(error)} />}
        {isBusy && <p className="text-small text-ink-soft">{labels.running}</p>}
        {!hasFailed && children}
      </div>
      <DialogActions>
        <Button onClick={onRun} busy={isBusy}>
          {labels.again}
        </Button>
        <Button look="primary" onClick={onClose}>
          {labels.done}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
